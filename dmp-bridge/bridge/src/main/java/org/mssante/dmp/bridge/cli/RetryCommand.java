package org.mssante.dmp.bridge.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp retry DOCUMENT|MESSAGE-ID}. */
@Command(
        name = "retry",
        description = "Make a document that waits, or has stopped, due now; its failures are forgotten.")
final class RetryCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        return instance.bridge().act(Map.of(), "documents", name, "retry");
    }
}
