package org.mssante.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.mssante.server.FreePort;

/** A PostgreSQL server on loopback: one that somebody started, or one of the tests' own in a temporary folder. */
public final class PostgresServer implements AutoCloseable {
    /** Where Debian puts the programs, a folder for each version. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final String USER = "mssante";

    private static Optional<PostgresServer> shared = Optional.empty();

    private final String base;
    private final Optional<Control> control;

    private PostgresServer(String base, Optional<Control> control) {
        this.base = base;
        this.control = control;
    }

    /** How one of our own is started and ended. */
    private record Control(String program, Path folder, String options) {
        void start() {
            run(program, "-D", data(), "-w", "-l", folder.resolve("log").toString(), "-o", options, "start");
        }

        /** At once: what is open is broken off. */
        void stop() {
            run(program, "-D", data(), "-m", "immediate", "stop");
        }

        private String data() {
            return folder.resolve("data").toString();
        }
    }

    /** The one the tests were pointed to. */
    static Optional<PostgresServer> named() {
        String url = System.getProperty(TestDatabase.URL, "");
        return url.startsWith("jdbc:postgresql:")
                ? Optional.of(new PostgresServer(url.substring(0, url.lastIndexOf('/') + 1), Optional.empty()))
                : Optional.empty();
    }

    /** One of our own for all tests of this process, which ends with it; skips as {@link #start()} does. */
    static synchronized PostgresServer shared() {
        if (shared.isEmpty()) {
            PostgresServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            shared = Optional.of(server);
        }
        return shared.get();
    }

    /** One of our own; skips the tests that ask for it where PostgreSQL is not installed. */
    public static PostgresServer start() {
        Optional<Path> programs = programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        try {
            return start(programs.get());
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        }
    }

    /** Makes a database that no other test has; returns its URL. */
    String create() throws SQLException {
        return create("test_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Makes a database in it; returns its URL. */
    public String create(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        base + "postgres", USER, System.getProperty("mssante.storage.test.password", ""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return base + name;
    }

    /** Breaks off every connection and takes no new one, until {@link #goOn()}. */
    public void fail() {
        control.orElseThrow().stop();
    }

    public void goOn() {
        control.orElseThrow().start();
    }

    @Override
    public void close() {
        control.ifPresent(own -> {
            own.stop();
            finish(List.of("rm", "-rf", own.folder().toString()));
        });
    }

    private static PostgresServer start(Path programs) throws IOException {
        Path folder = Files.createTempDirectory(
                Path.of("/tmp"),
                "mssante-postgres",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = FreePort.next();
        Path data = folder.resolve("data");
        run(programs.resolve("initdb").toString(), "-D", data.toString(), "-U", USER, "--auth=trust", "-E", "UTF8");
        // it is never killed itself: forcing its files would only cost time
        String options = "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off";
        Control control = new Control(programs.resolve("pg_ctl").toString(), folder, options);
        control.start();
        return new PostgresServer("jdbc:postgresql://127.0.0.1:" + port + "/", Optional.of(control));
    }

    /** As nobody where we are root: PostgreSQL does not run as root. */
    private static void run(String... command) {
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        words.addAll(List.of(command));
        finish(words);
    }

    private static void finish(List<String> words) {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(Path.of("/tmp").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + " ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
