package org.mssante.dmp.bridge.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmp file DOCUMENT|MESSAGE-ID [--reason TEXT]}. */
@Command(
        name = "file",
        description =
                "Say that a document whose mailbox wants to be asked is to be filed; the patient's rights are looked at"
                        + " again.")
final class FileDocumentCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the decision, and in the trace.")
    private Optional<String> reason = Optional.empty();

    @Override
    public Integer call() {
        return instance.bridge()
                .act(reason.map(why -> Map.of("reason", why)).orElse(Map.of()), "documents", name, "file");
    }
}
