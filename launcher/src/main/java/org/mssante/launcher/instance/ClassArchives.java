package org.mssante.launcher.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mssante.launcher.CommandFailure;

/**
 * Makes the {@link ClassArchive} of every service of a build: an instance of its own, on free ports, is started and ended
 * once. Nothing but time is lost where there are none.
 */
public final class ClassArchives {
    private final Path home;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param home the project's folder
     * @param progress is told in English what is going on
     */
    public ClassArchives(Path home, Clock clock, Consumer<String> progress) {
        this.home = home;
        this.clock = clock;
        this.progress = progress;
    }

    /** Makes all of them anew unless all are current. */
    public void complete() {
        if (areCurrent()) {
            progress.accept("class archives: current");
            return;
        }
        try {
            Path folder = Files.createTempDirectory("mssante-classes");
            try {
                record(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new CommandFailure("The class archives cannot be made (" + e.getMessage() + ").", e);
        }
        if (!areCurrent()) {
            throw new CommandFailure("This Java (" + Runtime.version() + ") made no class archives: the services start "
                    + "without them, only slower.");
        }
    }

    private void record(Path folder) {
        int offset = PortBlocks.free(home)
                .findFirst()
                .orElseThrow(() -> new CommandFailure("Every block of ports is in use: end other instances."));
        Instance instance = new Instance(home, folder.resolve("run"), home.resolve("conf"), offset);
        InstanceRunner runner = InstanceRunner.writingClassArchives(instance, clock, progress);
        runner.up();
        List<ServiceKind> killed = runner.down();
        if (!killed.isEmpty()) {
            throw new CommandFailure("The class archives of " + killed
                    + " were not written in time: the services start " + "without them, only slower.");
        }
    }

    private boolean areCurrent() {
        return Arrays.stream(ServiceKind.values())
                .allMatch(kind -> ClassArchive.of(home, kind).isCurrent());
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
