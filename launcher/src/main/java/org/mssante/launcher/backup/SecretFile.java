package org.mssante.launcher.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mssante.launcher.CommandFailure;

/** A file that holds a password. */
final class SecretFile {
    private SecretFile() {}

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailure("The password in " + file + " cannot be read: check its rights.", e);
        }
    }
}
