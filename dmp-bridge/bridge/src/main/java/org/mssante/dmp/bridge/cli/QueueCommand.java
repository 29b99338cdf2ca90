package org.mssante.dmp.bridge.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmp queue}. */
@Command(name = "queue", description = "Print as JSON the documents that wait or have stopped, the oldest first.")
final class QueueCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Override
    public Integer call() {
        return instance.bridge().json(Map.of("limit", Integer.toString(limit)), "documents");
    }
}
