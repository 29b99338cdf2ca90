package org.mssante.dmp.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.dmp.bridge.ledger.QueuedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmp queue}. */
@Command(name = "queue", description = "Print as JSON the documents that wait or have stopped, the oldest first.")
final class QueueCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Override
    public Integer call() {
        List<QueuedDocument> found = LedgerQuestion.ask(configuration, queue -> queue.unfinished(limit));
        QueueJson.print(found);
        return ExitCode.OK;
    }
}
