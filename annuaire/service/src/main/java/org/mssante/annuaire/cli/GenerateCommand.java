package org.mssante.annuaire.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.mssante.annuaire.generate.Edition;
import org.mssante.annuaire.generate.ExtractFiles;
import org.mssante.annuaire.generate.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code annuaire generate FOLDER}: extracts of people who do not exist, for tests and measurements. */
@Command(
        name = "generate",
        description =
                "Writes extracts of the register, as published, of people who do not exist. The same options give "
                        + "the same files.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "Where to write; made where it is missing.")
    private Path folder;

    @Option(
            names = "--activities",
            paramLabel = "N",
            defaultValue = "2400000",
            description = "Lines of activities (default: ${DEFAULT-VALUE}, the whole country).")
    private int activities;

    @Option(
            names = "--skills",
            paramLabel = "N",
            description = "Lines of savoir-faire (default: 430000 for the whole country, less for fewer activities).")
    private Integer skills;

    @Option(
            names = "--diplomas",
            paramLabel = "N",
            defaultValue = "0",
            description = "Lines of diplomas (default: ${DEFAULT-VALUE}, no such file; the whole country has 2200000).")
    private int diplomas;

    @Option(
            names = "--mailboxes",
            paramLabel = "N",
            description = "Lines of mailboxes (default: 545000 for the whole country, less for fewer activities).")
    private Integer mailboxes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Another number, other people.")
    private long seed;

    @Option(
            names = "--edition",
            paramLabel = "N",
            defaultValue = "0",
            description = "0 for the first, 1 for the one after it, and so on (default: ${DEFAULT-VALUE}).")
    private int edition;

    @Option(
            names = "--changes",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of the lines that change from one edition to the next (default: ${DEFAULT-VALUE}).")
    private double changes;

    @Option(names = "--zip", description = "Archives as the ANS delivers them, in place of text files.")
    private boolean zip;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Size country = Size.ofCountry(Math.max(1, activities));
        Size size = new Size(
                activities,
                Objects.requireNonNullElse(skills, country.skills()),
                diplomas,
                Objects.requireNonNullElse(mailboxes, country.mailboxes()));
        if (activities < 1
                || size.skills() < 0
                || diplomas < 0
                || size.mailboxes() < 0
                || edition < 0
                || !(changes >= 0 && changes <= 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--activities is 1 or more, --changes from 0 to 1, no other number is negative");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailure("The folder " + folder + " cannot be made: name one that can be written to.", e);
        }
        new ExtractFiles(seed, size, new Edition(edition, changes), line -> {
                    err.println(line);
                    err.flush();
                })
                .write(folder, zip ? ExtractFiles.Form.ZIP : ExtractFiles.Form.TEXT);
        return 0;
    }
}
