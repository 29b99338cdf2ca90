package org.mssante.certs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * The development PKI, made once for the tests of all modules that only read it: keys take seconds. Tests may ask in
 * several JVMs at the same time.
 */
public final class SharedPki {
    private static final Path FOLDER = Path.of(System.getProperty("mssante.home"), "certs-dev", "target", "shared-pki");

    private SharedPki() {}

    /** Where it lies; as {@link DevelopmentPki} lays it out. */
    public static Path folder() {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel held = FileChannel.open(
                    FOLDER.resolveSibling("shared-pki.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                held.lock();
                new DevelopmentPki(FOLDER, Clock.systemUTC()).complete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FOLDER;
    }
}
