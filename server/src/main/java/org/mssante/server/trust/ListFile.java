package org.mssante.server.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.mssante.core.tls.FileStamp;

/** A file that somebody else replaces: for networks without a way to the publisher. */
final class ListFile implements TrustListSource {
    private final Path file;
    private final int maxBytes;
    private Optional<String> seen = Optional.empty();

    ListFile(Path file, int maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    @Override
    public Look look() {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            String stamp = FileStamp.of(file);
            if (seen.filter(stamp::equals).isPresent()) {
                return new Look.Unchanged();
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                seen = Optional.of(stamp);
                return new Look.Found(bytes);
            }
        } catch (IOException e) {
            seen = Optional.empty();
            return new Look.Unavailable(e.toString());
        }
    }

    @Override
    public void forget() {
        seen = Optional.empty();
    }

    @Override
    public boolean isNear() {
        return true;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
