package org.mssante.dmp.bridge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmp explain DOCUMENT|MESSAGE-ID}. */
@Command(name = "explain", description = "Say in words what became of a document, and what happens next.")
final class ExplainDocumentCommand implements Callable<Integer> {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Parameters(paramLabel = "DOCUMENT|MESSAGE-ID", description = "A uniqueId, or a Message-ID.")
    private String name = "";

    @Override
    public Integer call() {
        return instance.bridge().text("documents", name, "explanation");
    }
}
