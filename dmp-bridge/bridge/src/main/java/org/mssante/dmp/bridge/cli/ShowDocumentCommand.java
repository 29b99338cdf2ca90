package org.mssante.dmp.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.dmp.bridge.ledger.QueuedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp show DOCUMENT|MESSAGE-ID}. */
@Command(
        name = "show",
        description = "Print as JSON what the bridge knows of a document, or of the documents of a mail.")
final class ShowDocumentCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        List<QueuedDocument> found =
                LedgerQuestion.ask(configuration, queue -> queue.documents(RetryCommand.withoutBrackets(name)));
        QueueJson.print(found);
        return found.isEmpty() ? ExitCode.REFUSED : ExitCode.OK;
    }
}
