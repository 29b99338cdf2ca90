package org.mssante.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.ListHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells which list was in force when, and gives it back with its bytes. */
@Command(name = "history", description = "Lists the trust lists that were in force.", mixinStandardHelpOptions = true)
final class TrustHistoryCommand implements Callable<Integer> {
    @Mixin
    private final TrustFolder folder = new TrustFolder();

    @Option(names = "--at", paramLabel = "INSTANT", description = "The list in force then, e.g. 2026-11-20T10:00:00Z.")
    private Optional<Instant> at = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the list of --at there, to a new file.")
    private Optional<Path> file = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustHistoryCommand() {}

    @Override
    public Integer call() throws IOException {
        if (file.isPresent() && at.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--out needs --at: which list is to be written?");
        }
        PrintWriter out = spec.commandLine().getOut();
        ListHistory history = folder.lists().history();
        List<ListHistory.Entry> entries =
                at.isPresent() ? history.at(at.get()).stream().toList() : history.entries();
        entries.forEach(entry -> out.println(
                "in force since " + entry.since() + "  generated " + entry.generated() + "  " + entry.sha256()));
        if (entries.isEmpty()) {
            out.println("No trust list is kept for that.");
        } else if (file.isPresent() && at.isPresent()) {
            write(entries.get(0).bytes(), file.get());
        }
        out.flush();
        return entries.isEmpty() ? TrustCommand.NO : TrustCommand.YES;
    }

    private static void write(byte[] list, Path file) throws IOException {
        try {
            Files.write(file, list, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new StartupFailure("There is already a " + file + ": name another file with --out.", e);
        }
    }
}
