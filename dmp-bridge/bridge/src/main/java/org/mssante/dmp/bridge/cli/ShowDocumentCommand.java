package org.mssante.dmp.bridge.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp show DOCUMENT|MESSAGE-ID}. */
@Command(
        name = "show",
        description = "Print as JSON what the bridge knows of a document, or of the documents of a mail.")
final class ShowDocumentCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        return instance.bridge().json(Map.of(), "documents", name);
    }
}
