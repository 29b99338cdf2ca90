package org.mssante.core.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What has come of a document so far, and of which version it is. It outlives the process. */
final class PartialFile {
    private final Path file;
    private final VersionNote note;

    PartialFile(Path file) {
        this.file = file;
        this.note = new VersionNote(file.resolveSibling(file.getFileName() + ".version"));
    }

    /** What to go on from: octets that stand, and what tells their version. */
    record Start(long octets, String validator) {}

    Path path() {
        return file;
    }

    /** Empty where nothing stands, or nobody could tell whether the rest belongs to it. */
    Optional<Start> start(URI address) throws IOException {
        long octets = Files.exists(file) ? Files.size(file) : 0;
        return octets == 0
                ? Optional.empty()
                : note.read(address).exact().map(validator -> new Start(octets, validator));
    }

    Answer.Version version(URI address) throws IOException {
        return note.read(address);
    }

    /** Forgets what stands, and takes down what is about to come. */
    void begin(URI address, Answer.Version version) throws IOException {
        discard();
        note.write(address, version);
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
        note.forget();
    }
}
