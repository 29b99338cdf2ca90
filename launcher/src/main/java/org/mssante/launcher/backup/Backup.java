package org.mssante.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.Version;
import org.mssante.launcher.instance.Instance;

/** Copies an instance, running or not, into a folder that only its owner may enter. */
public final class Backup {
    private static final String DATABASES = "databases/";
    private static final String FILES = "files/";

    private final Instance instance;
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress is told in English what is going on */
    public Backup(Instance instance, Clock clock, Consumer<String> progress) {
        this.instance = instance;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Makes the backup; whole once this returns, and else no backup at all, for want of a manifest.
     *
     * @param folder new or empty
     * @param withKeys whether secrets and private keys below the run folder go with it
     */
    public void to(Path folder, boolean withKeys) {
        Path home = folder.toAbsolutePath().normalize();
        try {
            prepare(home);
            Instant begun = clock.instant();
            List<Part> parts = new ArrayList<>();
            for (ServiceDatabase database : ServiceDatabase.of(instance)) {
                copy(database, home).ifPresent(parts::add);
            }
            for (Path file : InstanceFiles.of(instance, withKeys)) {
                parts.add(copy(file, home));
            }
            new Manifest(Version.text(), begun, withKeys, parts).write(home);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The backup in " + home + " is not whole (" + e + "): remove the folder, make room and try again.",
                    e);
        }
    }

    private static void prepare(Path home) throws IOException {
        if (Files.exists(home)) {
            try (DirectoryStream<Path> there = Files.newDirectoryStream(home)) {
                if (there.iterator().hasNext()) {
                    throw new CommandFailure("The folder " + home + " is not empty: name a new one.");
                }
            }
        }
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(home.resolve(DATABASES));
    }

    private Optional<Part> copy(ServiceDatabase database, Path home) throws IOException {
        String service = database.service().folder();
        if (database instanceof ServiceDatabase.PostgreSql postgreSql) {
            progress.accept(service + ": pg_dump");
            String name = DATABASES + service + ".dump";
            new PostgreSqlTools(postgreSql).dump(home.resolve(name));
            DurableFiles.force(home.resolve(name));
            return Optional.of(part(home, name, Part.Kind.POSTGRESQL_DATABASE, service, ""));
        }
        EmbeddedDatabaseFile file = new EmbeddedDatabaseFile(instance, (ServiceDatabase.Embedded) database);
        if (!file.exists()) {
            progress.accept(service + ": has no database yet");
            return Optional.empty();
        }
        progress.accept(service + ": copying its database");
        String name = DATABASES + service + ".zip";
        file.copyTo(home.resolve(name));
        return Optional.of(part(home, name, Part.Kind.EMBEDDED_DATABASE, service, file.mode()));
    }

    private Part copy(Path file, Path home) throws IOException {
        String target = instance.runDir().relativize(file).toString();
        String name = FILES + target;
        Files.createDirectories(home.resolve(name).getParent());
        try (InputStream in = Files.newInputStream(file)) {
            DurableFiles.copy(in, home.resolve(name));
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString(mode));
        return part(home, name, Part.Kind.FILE, target, mode);
    }

    private static Part part(Path home, String name, Part.Kind kind, String target, String mode) throws IOException {
        Path file = home.resolve(name);
        return new Part(name, kind, target, Files.size(file), DurableFiles.sha256(file), mode);
    }
}
