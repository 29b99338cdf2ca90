package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mail inspect FILE.eml}. */
@Command(name = "inspect", description = "Print as JSON what would be filed of a mail, or the coded refusals.")
final class InspectMailCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Parameters(paramLabel = "FILE", description = "A whole mail (RFC 5322).")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Inspection inspection = new Inspection(configuration.settings(), consent.check());
        return inspection.print(file, inspection.extractor().mail(Inspection.read(file)));
    }
}
