package org.mssante.core.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts a file that is complete into its place: a crash at any moment, of the machine too, leaves the old one there or the new one. */
public final class DurableMove {
    private DurableMove() {}

    /** How what is to be forced is opened: a file, or a folder. */
    @FunctionalInterface
    interface Opening {
        FileChannel open(Path path) throws IOException;
    }

    /**
     * Forces the file to the disk, renames it over what is in its place, and forces the folder.
     *
     * @param place on the same disk
     */
    public static void replace(Path complete, Path place) throws IOException {
        replace(complete, place, path -> FileChannel.open(path, StandardOpenOption.READ));
    }

    static void replace(Path complete, Path place, Opening opening) throws IOException {
        force(complete, opening);
        Files.move(complete, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(place.toAbsolutePath().getParent(), opening);
    }

    private static void force(Path path, Opening opening) throws IOException {
        try (FileChannel channel = opening.open(path)) {
            channel.force(true);
        }
    }
}
