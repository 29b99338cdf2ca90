package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.time.Instant;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaReading;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.consent.ConsentCheck;
import org.mssante.dmp.consent.ConsentDecision;
import org.mssante.dmp.consent.FilingQuestion;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;

/**
 * The second step: decides about a document and files it, in one attempt after another until it ends. What happens is
 * traced before the ledger says it.
 */
public final class DocumentProcess {
    private final DocumentLedger ledger;
    private final CdaReader reader;
    private final HeaderAssessor assessor;
    private final ConsentCheck consent;
    private final FilingWishes wishes;
    private final FilingLine line;
    private final DocumentFiler filer;
    private final Endurance endurance;
    private final Trace trace;
    private final Clock clock;

    /** @param endurance while a side system does not answer */
    public DocumentProcess(
            DocumentLedger ledger,
            FilingLocks locks,
            Reading reading,
            Permission permission,
            Target target,
            Endurance endurance,
            Trace trace,
            Clock clock) {
        this.ledger = ledger;
        this.reader = reading.reader();
        this.assessor = reading.assessor();
        this.consent = permission.consent();
        this.wishes = permission.wishes();
        this.line = new FilingLine(ledger, locks, clock);
        this.filer = new DocumentFiler(ledger, target);
        this.endurance = endurance;
        this.trace = new RequiredTrace(trace);
        this.clock = clock;
    }

    /** How documents are read. */
    public record Reading(CdaReader reader, HeaderAssessor assessor) {}

    /** Who has a say in whether a document is filed: the patient, and whoever it was sent to. */
    public record Permission(ConsentCheck consent, FilingWishes wishes) {}

    /** The DMP, in whose name it is fed, and with which versions. */
    public record Target(
            ProvideAndRegisterClient dmp, RegistryClient registry, SubmissionSource source, OlderVersions older) {}

    /**
     * Makes one attempt at a claimed document.
     *
     * @throws TraceFailure where it cannot be traced; the ledger does not say then what was to be traced
     */
    public void attempt(StoredDocument document) {
        CdaReading reading = reader.read(document.bytes().copy());
        if (!(reading instanceof CdaReading.Cda cda)) {
            refuse(document, Outcome.CDA_UNREADABLE, "the stored document can no longer be read");
            return;
        }
        Assessment assessment = assessor.assess(cda.header(), document.metadata());
        if (assessment instanceof Assessment.Fileable fileable) {
            line.turn(document, fileable, () -> decide(document, fileable))
                    .ifPresent(again -> giveWay(document, again));
        } else {
            Assessment.Refused refused = (Assessment.Refused) assessment;
            refuse(document, refused.outcome(), refused.detail());
        }
    }

    private void decide(StoredDocument document, Assessment.Fileable fileable) {
        ConsentDecision decision = consent.decide(FilingQuestion.about(fileable.patient(), fileable.entry()));
        trace.record(entry(Event.CONSENT_DECIDED, document)
                .with(Field.RULE, decision.rule())
                .with(Field.PATIENT, fileable.patient().cx())
                .with(Field.DETAIL, decision.inputs()));
        ledger.decided(document.id(), decision.rule(), decision.inputs());
        if (decision instanceof ConsentDecision.MayFile) {
            fileAsWished(document, fileable);
        } else if (decision instanceof ConsentDecision.MustNotFile no) {
            refuse(document, no.outcome(), "rule " + no.rule());
        } else if (decision instanceof ConsentDecision.Unknown unknown) {
            later(document, unknown.outcome(), unknown.why());
        }
    }

    private void fileAsWished(StoredDocument document, Assessment.Fileable fileable) {
        FilingWishes.Wish wish = document.released() ? FilingWishes.Wish.FILE : wishes.of(document.recipients());
        switch (wish) {
            case FILE -> apply(document, filer.file(document, fileable));
            case ASK -> ask(document);
            case UNKNOWN ->
                later(
                        document,
                        Outcome.DIRECTORY_UNAVAILABLE,
                        "the annuaire does not say whether the mailbox wants to be asked");
        }
    }

    private void ask(StoredDocument document) {
        trace.record(entry(Event.DOCUMENT_ASKED, document).outcome(Outcome.FILING_ASKED));
        ledger.asked(document.id());
    }

    private void apply(StoredDocument document, FilingResult result) {
        if (result instanceof FilingResult.Filed filed) {
            trace.record(entry(Event.DOCUMENT_FILED, document)
                    .outcome(filed.outcome())
                    .with(Field.HASH, document.bytes().sha1())
                    .with(Field.DETAIL, filed.detail()));
            ledger.finish(document.id(), DocumentState.FILED, filed.outcome(), filed.detail());
        } else if (result instanceof FilingResult.Refused refused) {
            refuse(document, refused.outcome(), refused.detail());
        } else if (result instanceof FilingResult.Later wait) {
            later(document, wait.outcome(), wait.why());
        }
    }

    /** One line of the trace says it, however often its turn has not come. */
    private void giveWay(StoredDocument document, Instant again) {
        if (document.gaveWaySince().isEmpty()) {
            trace.record(entry(Event.DOCUMENT_WAITING, document)
                    .with(Field.ATTEMPT, document.attempts() + 1)
                    .with(Field.DETAIL, "another document of its line goes first"));
        }
        ledger.giveWay(document.id(), again);
    }

    private void refuse(StoredDocument document, Outcome outcome, String detail) {
        trace.record(entry(Event.DOCUMENT_REFUSED, document).outcome(outcome).with(Field.DETAIL, detail));
        ledger.finish(document.id(), DocumentState.REFUSED, outcome, detail);
    }

    /** Sets a document aside for an operator. */
    void stop(StoredDocument document, String why) {
        trace.record(entry(Event.DOCUMENT_STOPPED, document)
                .outcome(Outcome.FILING_STOPPED)
                .with(Field.ATTEMPT, document.attempts())
                .with(Field.DETAIL, why));
        ledger.stop(document.id(), why);
    }

    private void later(StoredDocument document, Outcome outcome, String why) {
        if (endurance.isOver(document, clock.instant())) {
            stop(document, "stopped after " + endurance.longestWait() + ": " + why);
            return;
        }
        trace.record(entry(Event.DOCUMENT_WAITING, document)
                .outcome(outcome)
                .with(Field.ATTEMPT, document.attempts() + 1)
                .with(Field.DETAIL, why));
        ledger.waiting(document.id(), outcome, why, endurance.next(clock.instant(), document.attempts()));
    }

    private static TraceEntry entry(Event event, StoredDocument document) {
        return TraceEntry.of(event).message(document.messageId()).with(Field.DOCUMENT_ID, document.documentId());
    }
}
