package org.mssante.dmp.bridge.filing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.Extracted;
import org.mssante.dmp.bridge.extract.MailExtractor;
import org.mssante.dmp.bridge.extract.UnnamedSource;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.FoundDocument;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.DocumentAssessor;
import org.mssante.dmp.cda.FormReport;

/** The first step: from a mail to its documents in the ledger. */
public final class DocumentFinder {
    private final MailExtractor extractor;
    private final DocumentAssessor assessor;
    private final FormReport report;
    private final DocumentLedger documents;
    private final Trace trace;

    /** @param report on documents that are filed; it blocks none */
    public DocumentFinder(
            MailExtractor extractor,
            DocumentAssessor assessor,
            FormReport report,
            DocumentLedger documents,
            Trace trace) {
        this.extractor = extractor;
        this.assessor = assessor;
        this.report = report;
        this.documents = documents;
        this.trace = new RequiredTrace(trace);
    }

    /**
     * What a mail holds.
     *
     * @param ignored what was looked into and is no document, for the trace
     */
    record Contents(List<FoundDocument> found, List<String> ignored) {}

    /** Takes a mail apart. */
    Contents read(StoredMessage message) {
        List<FoundDocument> found = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Extracted result : extractor.mail(message.content())) {
            if (result instanceof Extracted.Ignored nothing) {
                ignored.add(UnnamedSource.of(nothing.source()) + ": " + nothing.what());
            } else {
                found.add(found(result));
            }
        }
        return new Contents(found, ignored);
    }

    /** What stands for a mail that cannot be taken apart. */
    Contents unreadable(String why) {
        FoundDocument refused = new FoundDocument.Refused(
                "1", Optional.empty(), Optional.empty(), Outcome.MAIL_UNREADABLE, "the mail cannot be read: " + why);
        return new Contents(List.of(refused), List.of());
    }

    /**
     * Traces what a claimed mail holds, then writes it down.
     *
     * @throws TraceFailure where it cannot be traced; nothing is written down then
     */
    void keep(StoredMessage message, Contents contents) {
        trace(message, contents.found(), contents.ignored());
        documents.record(message.id(), contents.found());
    }

    private FoundDocument found(Extracted result) {
        if (result instanceof Extracted.Document document) {
            Assessment assessment = assessor.assess(document.bytes().copy(), document.header(), document.metadata());
            if (assessment instanceof Assessment.Fileable fileable) {
                return fileable(document, fileable, report.of(document.bytes().copy()));
            }
            Assessment.Refused refused = (Assessment.Refused) assessment;
            return new FoundDocument.Refused(
                    document.source(),
                    refused.documentId(),
                    Optional.of(document.bytes()),
                    refused.outcome(),
                    refused.detail());
        }
        if (result instanceof Extracted.Noted noted) {
            return new FoundDocument.Noted(noted.source(), noted.outcome(), noted.detail());
        }
        Extracted.Refused refused = (Extracted.Refused) result;
        return new FoundDocument.Refused(
                refused.source(), refused.documentId(), refused.bytes(), refused.outcome(), refused.detail());
    }

    private static FoundDocument fileable(
            Extracted.Document document, Assessment.Fileable fileable, Optional<String> form) {
        List<String> warnings = new ArrayList<>(document.warnings());
        warnings.addAll(fileable.warnings());
        return new FoundDocument.Fileable(
                document.source(),
                fileable.entry().uniqueId(),
                document.bytes(),
                document.metadata(),
                fileable.patient(),
                fileable.setId(),
                fileable.version(),
                fileable.replaces(),
                String.join("; ", warnings),
                form);
    }

    private void trace(StoredMessage message, List<FoundDocument> found, List<String> ignored) {
        if (found.stream().allMatch(FoundDocument.Noted.class::isInstance)) {
            trace.record(TraceEntry.of(Event.NO_DOCUMENT)
                    .message(message.messageId())
                    .with(Field.DETAIL, String.join("; ", ignored)));
        }
        for (FoundDocument document : found) {
            if (document instanceof FoundDocument.Fileable fileable) {
                trace.record(TraceEntry.of(Event.DOCUMENT_EXTRACTED)
                        .message(message.messageId())
                        .with(Field.DOCUMENT_ID, fileable.documentId())
                        .with(Field.PATIENT, fileable.patient().cx())
                        .with(Field.HASH, fileable.bytes().sha1())
                        .with(Field.SIZE, fileable.bytes().size())
                        .with(Field.DETAIL, detail(fileable.source(), fileable.warnings())));
                fileable.form()
                        .ifPresent(form -> trace.record(TraceEntry.of(Event.DOCUMENT_FORM_NOTED)
                                .message(message.messageId())
                                .with(Field.DOCUMENT_ID, fileable.documentId())
                                .with(Field.DETAIL, form)));
            } else {
                FoundDocument.Ended ended = (FoundDocument.Ended) document;
                trace.record(
                        TraceEntry.of(ended.state() == DocumentState.NOTED ? Event.PART_NOTED : Event.DOCUMENT_REFUSED)
                                .outcome(ended.outcome())
                                .message(message.messageId())
                                .with(Field.DOCUMENT_ID, ended.documentId())
                                .with(Field.DETAIL, detail(ended.source(), ended.detail())));
            }
        }
    }

    private static String detail(String source, String words) {
        String where = UnnamedSource.of(source);
        return words.isEmpty() ? where : where + ": " + words;
    }
}
