package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mssante.core.fetch.DurableMove;

/** Writes a file so that a crash at any moment leaves the old content or the new one, never a part. */
final class DurableFile {
    private DurableFile() {}

    /** Written beside, forced to the disk, and renamed over. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, bytes);
        DurableMove.replace(unfinished, file);
    }
}
