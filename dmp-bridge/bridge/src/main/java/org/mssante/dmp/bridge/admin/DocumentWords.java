package org.mssante.dmp.bridge.admin;

import org.mssante.dmp.bridge.extract.UnnamedSource;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.PersonDecision;
import org.mssante.dmp.bridge.ledger.QueuedDocument;

/** What became of a document, and what happens next, in words for an operator. */
final class DocumentWords {
    private DocumentWords() {}

    /** Several lines, each ended by a line feed. */
    static String of(QueuedDocument document) {
        StringBuilder words = new StringBuilder(
                        document.state() == DocumentState.NOTED
                                ? "A part that may hold a document"
                                : "Document " + document.documentId().orElse("without identifier"))
                .append(", at ")
                .append(UnnamedSource.of(document.source()))
                .append(" of the mail ")
                .append(document.messageId())
                .append("\n  found ")
                .append(document.foundAt())
                .append('\n');
        document.form()
                .ifPresent(form ->
                        words.append("  noted about its form by ").append(form).append('\n'));
        document.rule()
                .ifPresent(rule -> words.append("  rights decided by rule ")
                        .append(rule)
                        .append(document.decidedAt().map(time -> " at " + time).orElse(""))
                        .append(": ")
                        .append(document.ruleInputs().orElse(""))
                        .append('\n'));
        document.outcome()
                .ifPresent(outcome -> words.append("  ")
                        .append(outcome.code())
                        .append(' ')
                        .append(outcome.english())
                        .append(document.detail().isEmpty() ? "" : " (" + document.detail() + ")")
                        .append('\n'));
        document.decision()
                .ifPresent(decision -> words.append(
                                decision.verdict() == PersonDecision.Verdict.FILE
                                        ? "  to be filed, as "
                                        : "  not to be filed, as ")
                        .append(decision.by())
                        .append(" said at ")
                        .append(decision.at())
                        .append(decision.reason().map(reason -> ": " + reason).orElse(""))
                        .append('\n'));
        words.append("  ").append(next(document)).append('\n');
        document.freedAt()
                .ifPresent(time -> words.append("  its content is kept no longer, since ")
                        .append(time)
                        .append('\n'));
        return words.toString();
    }

    private static String next(QueuedDocument document) {
        return switch (document.state()) {
            case EXTRACTED, DECIDED -> "an attempt is due, or in hand";
            case WAITING -> "waits after " + document.attempts() + " attempts; the next is due " + document.dueAt();
            case STOPPED -> "stopped after " + document.attempts() + " attempts: start it by dmp retry";
            case ASKED -> "waits until a person says whether it is filed: dmp file, or dmp discard --reason";
            case FILED ->
                "in the DMP since " + document.doneAt().map(Object::toString).orElse("?");
            case NOTED ->
                "not looked into, and no receipt is owed for it; one for other documents of its mail names it: ask the recipient whether it matters";
            case REFUSED ->
                "refused at " + document.doneAt().map(Object::toString).orElse("?")
                        + "; the sender has been told, or is being told";
        };
    }
}
