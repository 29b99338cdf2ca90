package org.mssante.annuaire.sync;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.mssante.annuaire.bench.Extracts;
import org.mssante.annuaire.generate.Edition;
import org.mssante.annuaire.generate.Size;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;

/**
 * How long the register takes into the directory at national size: the first load, the same files again, files with
 * other octets that say the same, and an edition in which one line in a hundred has changed. Arguments: a folder to work in, and the number of activities (2400000 for the
 * country). Run it under the bound of memory to be proven, e.g. {@code -Xmx512m}; docs/performance.md says how.
 */
final class RegisterBenchmark {
    private static final int BUFFER = 1 << 16;
    private static final double CHANGES = 0.01;

    private RegisterBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Size size = Size.ofCountry(args.length > 1 ? Integer.parseInt(args[1]) : Size.NATIONAL_ACTIVITIES);
        Path extracts = folder.resolve("extracts");
        generate(extracts, size, 0);
        try (RegistryDatabase database = RegistryDatabase.open(folder.resolve("data"), 2);
                DirectoryIndex index = DirectoryIndex.open(
                        folder.resolve("data/index"), 64, Duration.ofMinutes(10), Clock.systemUTC())) {
            DirectoryView view = new DirectoryView(
                    index,
                    new MailboxRegistry(database, PersonalFixture.ADMISSION, entry -> {}, Clock.systemUTC()),
                    new RegisterMemory(database),
                    entry -> {},
                    new DirectoryView.Configuration(
                            extracts,
                            false,
                            folder.resolve("data/scratch"),
                            65_536,
                            8 * 1024 * 1024,
                            new HoldRules(100, 100, 100, 1, 0, 100),
                            List.of()),
                    new SyncHistory(folder.resolve("data/runs.jsonl")),
                    Clock.systemUTC());
            look(view, "first load", folder);
            touch(extracts);
            look(view, "nothing changed", folder);
            endLinesOtherwise(extracts);
            look(view, "the same lines in other octets", folder);
            generate(extracts, size, 1);
            look(view, "one line in a hundred changed", folder);
        }
    }

    private static void look(DirectoryView view, String what, Path folder) throws IOException {
        Duration all = processorTime();
        SyncRun run = view.look("benchmark", DirectoryView.Permission.RULES);
        System.out.println(what + ": " + run.took().toMillis() + " ms, "
                + processorTime().minus(all).toMillis() + " ms of processors, " + run.end() + " "
                + run.sortedChanges() + ", " + octets(folder.resolve("data/index")) / 1_000_000 + " MB on disk");
    }

    /** Of all threads, the compiler's and the collector's too: it says more than the time on a machine that has other work. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void generate(Path extracts, Size size, int edition) throws IOException {
        Extracts.generate(extracts, size, new Edition(edition, CHANGES));
    }

    /** By CR and LF: no octet stands where it stood, and each record says what it said. */
    private static void endLinesOtherwise(Path extracts) throws IOException {
        try (Stream<Path> files = Files.list(extracts)) {
            for (Path file : files.toList()) {
                Path other = file.resolveSibling("other");
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                        OutputStream out = new BufferedOutputStream(Files.newOutputStream(other), BUFFER)) {
                    for (int octet = in.read(); octet >= 0; octet = in.read()) {
                        if (octet == '\n') {
                            out.write('\r');
                        }
                        out.write(octet);
                    }
                }
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void touch(Path extracts) throws IOException {
        try (Stream<Path> files = Files.list(extracts)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Clock.systemUTC().instant()));
            }
        }
    }

    private static long octets(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
