package org.mssante.dmp.bridge.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmp discard DOCUMENT|MESSAGE-ID --reason TEXT}. */
@Command(
        name = "discard",
        description = "Say that a document whose mailbox wants to be asked is not filed; its sender is told.")
final class DiscardDocumentCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Kept with the decision, and in the trace; the sender does not see it.")
    private String reason = "";

    @Override
    public Integer call() {
        return instance.bridge().act(Map.of("reason", reason), "documents", name, "discard");
    }
}
