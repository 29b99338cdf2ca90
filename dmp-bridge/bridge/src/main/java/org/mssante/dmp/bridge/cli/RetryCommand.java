package org.mssante.dmp.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.dmp.bridge.ledger.QueuedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp retry DOCUMENT|MESSAGE-ID}. */
@Command(
        name = "retry",
        description = "Make a document that waits, or has stopped, due now; its failures are forgotten.")
final class RetryCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        List<QueuedDocument> started = LedgerQuestion.ask(
                configuration,
                queue -> queue.documents(withoutBrackets(name)).stream()
                        .filter(document -> queue.retry(document.id()))
                        .toList());
        if (started.isEmpty()) {
            System.err.println("Nothing of that name waits or has stopped: dmp explain says what became of it.");
            return ExitCode.REFUSED;
        }
        started.forEach(
                document -> System.out.println(document.documentId().orElse(document.source()) + " is due now."));
        return ExitCode.OK;
    }

    /** A Message-ID as mails write it, {@code <id>}, or bare. */
    static String withoutBrackets(String name) {
        return name.startsWith("<") && name.endsWith(">") ? name.substring(1, name.length() - 1) : name;
    }
}
