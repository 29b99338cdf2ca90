package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Extracted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cda inspect FILE}. */
@Command(name = "inspect", description = "Print as JSON what would be filed of a document, or the coded refusal.")
final class InspectCdaCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Parameters(paramLabel = "FILE", description = "A CDA document.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Inspection inspection = new Inspection(configuration.settings(), consent.check());
        List<Extracted> found = inspection.extractor().file(name(file), Inspection.read(file));
        return inspection.print(
                file, Inspection.orRefused(found, Outcome.CDA_UNREADABLE, "the file holds no CDA document"));
    }

    static String name(Path file) {
        return file.toAbsolutePath().getFileName().toString();
    }
}
