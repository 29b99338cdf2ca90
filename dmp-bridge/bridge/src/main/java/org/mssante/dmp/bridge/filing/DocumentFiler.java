package org.mssante.dmp.bridge.filing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.FiledVersion;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.SenderMetadata;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * Files one document by ITI-41 after the receiving algorithm of CI-SIS (structuration minimale, id, setId,
 * versionNumber). Sending twice files once: the DMP and the ledger both know the document by its identifier and bytes.
 */
final class DocumentFiler {
    private static final FilingResult.Filed HELD =
            new FilingResult.Filed(Outcome.DOCUMENT_ALREADY_FILED, "the DMP already held the same document");

    private final DocumentLedger ledger;
    private final ProvideAndRegisterClient dmp;
    private final RegistryClient registry;
    private final SubmissionSource source;
    private final OlderVersions older;
    private final PlaceFinder places;
    private final DmpErrors errors = new DmpErrors();

    DocumentFiler(DocumentLedger ledger, DocumentProcess.Target target) {
        this.ledger = ledger;
        this.dmp = target.dmp();
        this.registry = target.registry();
        this.source = target.source();
        this.older = target.older();
        this.places = new PlaceFinder(ledger, target.registry());
    }

    FilingResult file(StoredDocument document, Assessment.Fileable assessment) {
        return known(document, assessment)
                .or(() -> document.mayBeFiled() ? registered(document, assessment) : Optional.empty())
                .or(() -> replaced(document, assessment))
                .orElseGet(() -> submit(document, assessment));
    }

    /** What the ledger already says: the same identifier, the same version of the set, or a newer one. */
    private Optional<FilingResult> known(StoredDocument document, Assessment.Fileable assessment) {
        Optional<FiledVersion> same = ledger.filed(document.documentId());
        if (same.isPresent()) {
            return Optional.of(
                    same.get().sha1().equals(document.bytes().sha1().hex())
                            ? there(
                                    same.get().metadata(),
                                    document,
                                    new FilingResult.Filed(
                                            Outcome.DOCUMENT_ALREADY_FILED, "the same bytes were filed before"))
                            : new FilingResult.Refused(
                                    Outcome.DOCUMENT_ID_REUSED, "other bytes were filed under this identifier"));
        }
        if (document.version().isEmpty()) {
            return Optional.empty();
        }
        long version = document.version().getAsLong();
        return filedOfSet(document, assessment).stream()
                .filter(filed -> filed.isVersion(version) || (older == OlderVersions.REFUSE && filed.isAbove(version)))
                .findFirst()
                .map(filed -> new FilingResult.Refused(
                        Outcome.VERSION_OUTDATED,
                        "version " + filed.version().getAsLong() + " of the set is filed, this is version " + version));
    }

    /**
     * What the DMP says of an earlier attempt whose answer was lost: asked before the document is sent again, so that
     * also a DMP that does not recognise a repeated submission holds it once (ITI-18, GetDocuments).
     */
    private Optional<FilingResult> registered(StoredDocument document, Assessment.Fileable assessment) {
        return registry.getDocuments(document.documentId(), Optional.of(assessment.patient()))
                .fold(
                        given -> given.value().isEmpty()
                                ? Optional.empty()
                                : Optional.of(compared(
                                        given.value(),
                                        document,
                                        new FilingResult.Filed(
                                                Outcome.DOCUMENT_FILED,
                                                "registered by an earlier attempt whose answer was lost"))),
                        refused -> Optional.of(unanswered(refused)),
                        unavailable -> Optional.of(new FilingResult.Later(Outcome.DMP_UNAVAILABLE, unavailable.why())));
    }

    /**
     * A document that comes after the one that replaces it would be in force beside that. Where both are versions of one set their
     * numbers say which is newer, whatever the newer or older one names.
     */
    private Optional<FilingResult> replaced(StoredDocument document, Assessment.Fileable assessment) {
        return filedReplacing(document, assessment.patient()).stream()
                .filter(filed -> document.version().isEmpty()
                        || filed.version().isEmpty()
                        || !filedOfSet(document, assessment).contains(filed))
                .findFirst()
                .map(filed -> new FilingResult.Refused(
                        Outcome.VERSION_OUTDATED,
                        "the document " + filed.documentId() + ", which is filed, replaces it"));
    }

    /** What is filed and replaces it, by what it names or by what that names, which waits for its place or was refused. */
    private List<FiledVersion> filedReplacing(StoredDocument document, Ins patient) {
        Set<String> seen = new HashSet<>(Set.of(document.documentId()));
        List<FiledVersion> found = new ArrayList<>();
        List<String> generation = List.of(document.documentId());
        while (!generation.isEmpty()) {
            generation.forEach(id -> found.addAll(ledger.filedReplacing(id, patient)));
            generation = generation.stream()
                    .flatMap(id -> ledger.naming(id, patient).stream())
                    .filter(id -> seen.add(id) && ledger.filed(id).isEmpty())
                    .toList();
        }
        return found;
    }

    /** A refused question says nothing of what the DMP holds: filing on a guess could file twice, or beside a parent. */
    private static FilingResult.Later unanswered(Answer.Refused<?> refused) {
        return new FilingResult.Later(
                Outcome.DMP_UNAVAILABLE,
                "the DMP refused to say what it holds: " + refused.errorCode() + ": " + refused.codeContext());
    }

    /**
     * A document that is there already, unless this copy of it asks for a mask that is not: then its sender is told, for
     * nothing here changes what the DMP holds. A copy that asks for less changes nothing either.
     */
    private static FilingResult there(SenderMetadata filed, StoredDocument document, FilingResult.Filed result) {
        return filed.isAsStrictAs(document.metadata())
                ? result
                : new FilingResult.Refused(
                        Outcome.MASKS_DIFFER, "the document is in the DMP more openly than this copy asks for");
    }

    private List<FiledVersion> filedOfSet(StoredDocument document, Assessment.Fileable assessment) {
        return ledger.filedOfSet(document.setId(), assessment.patient());
    }

    private FilingResult submit(StoredDocument document, Assessment.Fileable assessment) {
        return places.place(document, assessment)
                .fold(
                        given -> submit(document, assessment, given.value()),
                        DocumentFiler::unanswered,
                        unavailable -> new FilingResult.Later(Outcome.DMP_UNAVAILABLE, unavailable.why()));
    }

    private FilingResult submit(StoredDocument document, Assessment.Fileable assessment, Place place) {
        if (place instanceof Place.Behind behind) {
            return new FilingResult.Refused(
                    Outcome.VERSION_OUTDATED,
                    "the document " + behind.uniqueId()
                            + ", made later than this one, has replaced what this one would replace");
        }
        Submission submission = Submission.of(
                source.set(assessment, document.bytes().sha1(), document.receivedAt()),
                assessment.entry(),
                document.bytes()::open);
        if (place instanceof Place.Instead instead) {
            return send(submission.replacing(instead.entry().id()), document, assessment, instead.words());
        }
        return send(submission, document, assessment, ((Place.Beside) place).words());
    }

    private FilingResult send(
            Submission submission, StoredDocument document, Assessment.Fileable assessment, String place) {
        Answer<Registered> answer = dmp.submit(submission);
        return answer.fold(
                given -> given.value().alreadyThere()
                        ? alreadyThere(document, assessment)
                        : new FilingResult.Filed(Outcome.DOCUMENT_FILED, place),
                refused -> refused(refused, document, assessment),
                unavailable -> new FilingResult.Later(Outcome.DMP_UNAVAILABLE, unavailable.why()));
    }

    private FilingResult refused(
            Answer.Refused<Registered> refused, StoredDocument document, Assessment.Fileable assessment) {
        String code = refused.errorCode();
        if (errors.isDuplicate(code)) {
            return duplicate(document, assessment);
        }
        String detail = code + ": " + refused.codeContext();
        Outcome outcome = errors.outcome(code);
        return outcome.verdict() == Outcome.Verdict.RETRY_LATER
                ? new FilingResult.Later(outcome, detail)
                : new FilingResult.Refused(outcome, detail);
    }

    /** The DMP recognised the bytes; only a copy that asks for masks must know with which the DMP holds them. */
    private FilingResult alreadyThere(StoredDocument document, Assessment.Fileable assessment) {
        return document.metadata().restrictions().isEmpty() ? HELD : duplicate(document, assessment);
    }

    /** The DMP knows the identifier: what it keeps says whether it is the same document. */
    private FilingResult duplicate(StoredDocument document, Assessment.Fileable assessment) {
        return registry.getDocuments(document.documentId(), Optional.of(assessment.patient()))
                .fold(
                        given -> compared(given.value(), document, HELD),
                        refused -> unanswered(refused),
                        unavailable -> new FilingResult.Later(Outcome.DMP_UNAVAILABLE, unavailable.why()));
    }

    /** Where the DMP shows no hash to compare with, nobody knows whose bytes it holds: to be asked again, not the end. */
    private static FilingResult compared(List<DocumentEntry> held, StoredDocument document, FilingResult.Filed result) {
        if (held.stream().allMatch(entry -> entry.hash().isEmpty())) {
            return new FilingResult.Later(
                    Outcome.DMP_UNAVAILABLE, "the DMP says that it holds this identifier, and does not show what");
        }
        return held.stream()
                .filter(entry ->
                        entry.hash().filter(document.bytes().sha1()::equals).isPresent())
                .findFirst()
                .map(entry -> there(SenderMetadata.of(entry), document, result))
                .orElseGet(() -> new FilingResult.Refused(
                        Outcome.DOCUMENT_ID_REUSED, "the DMP holds another document of this identifier"));
    }
}
