package org.mssante.dmp.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.dmp.bridge.ledger.QueuedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp explain DOCUMENT|MESSAGE-ID}. */
@Command(name = "explain", description = "Say in words what became of a document, and what happens next.")
final class ExplainDocumentCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        List<QueuedDocument> found =
                LedgerQuestion.ask(configuration, queue -> queue.documents(RetryCommand.withoutBrackets(name)));
        if (found.isEmpty()) {
            System.err.println("The bridge knows no such document and no mail of that Message-ID with documents.");
            return ExitCode.REFUSED;
        }
        found.forEach(ExplainDocumentCommand::explain);
        return ExitCode.OK;
    }

    private static void explain(QueuedDocument document) {
        System.out.println("Document " + document.documentId().orElse("without identifier") + ", at "
                + document.source() + " of the mail " + document.messageId());
        System.out.println("  found " + document.foundAt());
        document.rule()
                .ifPresent(rule -> System.out.println("  rights decided by rule " + rule
                        + document.decidedAt().map(time -> " at " + time).orElse("") + ": "
                        + document.ruleInputs().orElse("")));
        document.outcome()
                .ifPresent(outcome -> System.out.println("  " + outcome.code() + " " + outcome.english()
                        + (document.detail().isEmpty() ? "" : " (" + document.detail() + ")")));
        System.out.println("  " + next(document));
    }

    private static String next(QueuedDocument document) {
        return switch (document.state()) {
            case EXTRACTED, DECIDED -> "an attempt is due, or in hand";
            case WAITING -> "waits after " + document.attempts() + " attempts; the next is due " + document.dueAt();
            case STOPPED -> "stopped after " + document.attempts() + " attempts: start it by dmp retry";
            case FILED ->
                "in the DMP since " + document.doneAt().map(Object::toString).orElse("?");
            case REFUSED ->
                "refused at " + document.doneAt().map(Object::toString).orElse("?")
                        + "; the sender has been told, or is being told";
        };
    }
}
