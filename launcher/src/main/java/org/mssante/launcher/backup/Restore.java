package org.mssante.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.control.ControlDesk;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceRunner;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServiceRunner;

/**
 * Puts a backup back. Every part is verified and laid out beside its place before anything changes; what was there is
 * moved aside and never deleted. A note in the run folder says while places change, and no service starts as long as it
 * is there: a restore that was interrupted is run again.
 */
public final class Restore {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".restoring";

    private final Instance instance;
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress is told in English what is going on */
    public Restore(Instance instance, Clock clock, Consumer<String> progress) {
        this.instance = instance;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Restores; the services must be down.
     *
     * @param force whether what is there already may be moved aside
     * @throws CommandFailure where the backup is not whole, or something is there and {@code force} is not set; nothing
     *     has changed then
     */
    public void from(Path folder, boolean force) {
        Path home = folder.toAbsolutePath().normalize();
        Manifest manifest = Manifest.read(home);
        refuseWhileRunning();
        try {
            progress.accept("verifying " + manifest.parts().size() + " parts");
            verify(manifest, home);
            Map<Part, Path> files = new LinkedHashMap<>();
            Map<Part, PostgreSqlTools> databases = new LinkedHashMap<>();
            places(manifest, files, databases);
            if (!force && InstanceRunner.interruptedRestore(instance).isEmpty()) {
                refuseToReplace(files, databases);
            }
            progress.accept("laying out");
            layOut(files, home);
            replace(files, databases, home);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The restore into " + instance.runDir() + " is not finished (" + e
                            + "): repair that and run it again.",
                    e);
        }
    }

    private void refuseWhileRunning() {
        for (ServiceKind kind : ServiceKind.values()) {
            if (new ServiceRunner(instance, kind).state().alive()
                    || new ControlDesk(instance, kind).health().isPresent()) {
                throw new CommandFailure("The service " + kind.folder() + " is running: ./mssante down first.");
            }
        }
    }

    private static void verify(Manifest manifest, Path home) throws IOException {
        for (Part part : manifest.parts()) {
            Path file = home.resolve(part.name());
            boolean whole = Files.isRegularFile(file)
                    && Files.size(file) == part.octets()
                    && DurableFiles.sha256(file).equals(part.sha256());
            if (!whole) {
                throw new CommandFailure(
                        "The part " + file + " is missing or is not what was backed up: use another " + "backup.");
            }
        }
    }

    private void places(Manifest manifest, Map<Part, Path> files, Map<Part, PostgreSqlTools> databases) {
        Map<String, ServiceDatabase> byService = new LinkedHashMap<>();
        ServiceDatabase.of(instance)
                .forEach(database -> byService.put(database.service().folder(), database));
        for (Part part : manifest.parts()) {
            if (part.kind() == Part.Kind.FILE) {
                files.put(part, instance.runDir().resolve(part.target()));
                continue;
            }
            ServiceDatabase database = byService.get(part.target());
            if (database instanceof ServiceDatabase.Embedded embedded && part.kind() == Part.Kind.EMBEDDED_DATABASE) {
                files.put(part, embedded.file());
            } else if (database instanceof ServiceDatabase.PostgreSql postgreSql
                    && part.kind() == Part.Kind.POSTGRESQL_DATABASE) {
                databases.put(part, new PostgreSqlTools(postgreSql));
            } else {
                throw new CommandFailure("The backup holds a " + part.kind() + " of the service " + part.target()
                        + ", which is configured for another kind of database: correct its configuration.");
            }
        }
    }

    private static void refuseToReplace(Map<Part, Path> files, Map<Part, PostgreSqlTools> databases) {
        List<String> there = new ArrayList<>();
        files.values().stream().filter(Files::exists).map(Path::toString).forEach(there::add);
        databases.forEach((part, tools) -> {
            if (!tools.isEmpty()) {
                there.add("the database of " + part.target());
            }
        });
        if (!there.isEmpty()) {
            throw new CommandFailure("The instance is not empty, " + there.get(0) + " is there already"
                    + (there.size() > 1 ? " with " + (there.size() - 1) + " others" : "")
                    + ": restore into another --run-dir, or with --force, which moves files aside and replaces "
                    + "PostgreSQL databases.");
        }
    }

    private static void layOut(Map<Part, Path> files, Path home) throws IOException {
        for (Map.Entry<Part, Path> file : files.entrySet()) {
            Path unfinished = unfinished(file.getValue());
            Files.createDirectories(unfinished.getParent());
            Files.deleteIfExists(unfinished);
            Path source = home.resolve(file.getKey().name());
            if (file.getKey().kind() == Part.Kind.EMBEDDED_DATABASE) {
                EmbeddedDatabaseFile.unpack(source, unfinished);
            } else {
                try (InputStream in = Files.newInputStream(source)) {
                    DurableFiles.copy(in, unfinished);
                }
            }
            Files.setPosixFilePermissions(
                    unfinished, PosixFilePermissions.fromString(file.getKey().mode()));
        }
    }

    private void replace(Map<Part, Path> files, Map<Part, PostgreSqlTools> databases, Path home) throws IOException {
        Path note = InstanceRunner.restoreNote(instance);
        Files.writeString(note, home + "\n", StandardCharsets.UTF_8);
        DurableFiles.force(note);
        DurableFiles.force(instance.runDir());
        for (Map.Entry<Part, PostgreSqlTools> database : databases.entrySet()) {
            progress.accept(database.getKey().target() + ": pg_restore");
            database.getValue().restore(home.resolve(database.getKey().name()));
        }
        String aside = ".before-restore-" + STAMP.format(clock.instant());
        for (Path place : files.values()) {
            moveAside(place, aside);
            Files.move(unfinished(place), place, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.force(place.getParent());
        }
        // made anew at start, from the registry that is there now
        moveAside(instance.folder(ServiceKind.ANNUAIRE).resolve("data/index"), aside);
        Files.delete(note);
        DurableFiles.force(instance.runDir());
        progress.accept("restored; what was there before has names that end in " + aside);
    }

    private static void moveAside(Path place, String suffix) throws IOException {
        if (Files.exists(place)) {
            Files.move(place, place.resolveSibling(place.getFileName() + suffix));
        }
    }

    private static Path unfinished(Path place) {
        return place.resolveSibling(place.getFileName() + UNFINISHED);
    }
}
