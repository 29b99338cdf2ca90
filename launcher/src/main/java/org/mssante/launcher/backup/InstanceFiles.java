package org.mssante.launcher.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;

/**
 * What an instance keeps outside its databases: the last good trust list, which no older one may replace, and the traces;
 * with the keys also the secrets and the certificates below the run folder. What can be made anew is left out: the index
 * of the annuaire, logs, spools, sockets.
 */
final class InstanceFiles {
    /** A file that is being written, and renamed at any moment: the one it replaces is whole. */
    private static final String UNFINISHED = ".unfinished";

    private InstanceFiles() {}

    /** The files there are, in a fixed order. */
    static List<Path> of(Instance instance, boolean withKeys) throws IOException {
        List<Path> files =
                new ArrayList<>(tree(instance.folder(ServiceKind.SERVER).resolve("data/trust")));
        for (ServiceKind kind : ServiceKind.values()) {
            files.addAll(tree(instance.folder(kind).resolve("trace")));
        }
        if (withKeys) {
            files.addAll(tree(instance.secrets()));
            files.addAll(tree(instance.certificates()));
        }
        return files;
    }

    private static List<Path> tree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        }
    }
}
