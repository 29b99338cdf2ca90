package org.mssante.annuaire.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells whether the files of the extracts are those of the last load: their names, sizes and times. */
final class SourceFingerprint {
    private SourceFingerprint() {}

    static String of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder fingerprint = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                fingerprint
                        .append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return fingerprint.toString();
        }
    }
}
