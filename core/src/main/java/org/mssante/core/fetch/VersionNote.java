package org.mssante.core.fetch;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** A small file beside a document: where it is from, and in which version. What it says of another address is nothing. */
public final class VersionNote {
    private static final String ADDRESS = "address";
    private static final String ENTITY_TAG = "entity-tag";
    private static final String LAST_MODIFIED = "last-modified";

    private final Path file;

    public VersionNote(Path file) {
        this.file = file;
    }

    public Answer.Version read(URI address) throws IOException {
        if (Files.notExists(file)) {
            return Answer.Version.none();
        }
        Properties note = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            note.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not what was written (" + e.getMessage() + ")", e);
        }
        return address.toString().equals(note.getProperty(ADDRESS))
                ? new Answer.Version(
                        Optional.ofNullable(note.getProperty(ENTITY_TAG)),
                        Optional.ofNullable(note.getProperty(LAST_MODIFIED)))
                : Answer.Version.none();
    }

    /** Whole or not at all. */
    public void write(URI address, Answer.Version version) throws IOException {
        Properties note = new Properties();
        note.setProperty(ADDRESS, address.toString());
        version.entityTag().ifPresent(tag -> note.setProperty(ENTITY_TAG, tag));
        version.lastModified().ifPresent(date -> note.setProperty(LAST_MODIFIED, date));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            note.store(writer, null);
        }
        DurableMove.replace(draft, file);
    }

    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
