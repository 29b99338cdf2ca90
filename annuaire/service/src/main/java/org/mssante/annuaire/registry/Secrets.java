package org.mssante.annuaire.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.mssante.core.fetch.DurableMove;
import org.mssante.core.settings.StartupFailure;

/**
 * The folder of generated secrets, mode 700, one file a secret, mode 600. A fresh installation has no default secret:
 * each is made here once.
 */
public final class Secrets {
    private static final int RANDOM_BYTES = 32;

    private final Path folder;
    private final SecureRandom random;

    public Secrets(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /** 256 random bits as text that needs no quoting anywhere. */
    public String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret in that file; a new one is written where there is none. */
    public String readOrCreate(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return create(name);
        }
        try {
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw new StartupFailure("The secret file " + file + " is empty: remove it to have a new one made.");
            }
            return secret;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Writes a new secret, in place of an old one if there is one. */
    public String create(String name) {
        Path file = folder.resolve(name);
        String secret = random();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            // never a moment at which others could read it, never half a secret
            Path fresh = Files.createTempFile(
                    folder,
                    "fresh",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, secret + "\n", StandardCharsets.UTF_8);
            DurableMove.replace(fresh, file);
            return secret;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static StartupFailure unusable(Path file, IOException e) {
        return new StartupFailure(
                "The secret file " + file + " cannot be read or written (" + e.getMessage() + "): check its rights.",
                e);
    }
}
