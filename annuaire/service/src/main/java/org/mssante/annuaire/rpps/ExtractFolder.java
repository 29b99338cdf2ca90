package org.mssante.annuaire.rpps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The folder the extracts are put into: text files, or the zip files as the ANS delivers them (one may hold several
 * extracts). Where several files fit a format the last by name is taken, because their time stamp ends their name.
 */
public final class ExtractFolder {
    static final String ZIP = ".zip";
    static final String TEXT = ".txt";

    private final Path folder;

    public ExtractFolder(Path folder) {
        this.folder = folder;
    }

    /** One extract, found and not yet read. */
    public record Source(String name, Path file, Optional<String> zipEntry) {

        /** Opens it; a zip entry is read as it is inflated, nothing is unpacked on disk. */
        public InputStream open() throws IOException {
            return zipEntry.isPresent() ? new ZippedText(file, zipEntry.get()) : Files.newInputStream(file);
        }
    }

    /** The extract of that format; empty where the folder holds none. */
    public Optional<Source> find(ExtractFormat<?> format) throws IOException {
        Optional<Source> found = Optional.empty();
        for (Path file : files()) {
            Optional<Source> source = source(file, format);
            found = source.isPresent() ? source : found;
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Optional<Source> source(Path file, ExtractFormat<?> format) throws IOException {
        String name = file.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).endsWith(TEXT)) {
            return matches(name, format) ? Optional.of(new Source(name, file, Optional.empty())) : Optional.empty();
        }
        return name.toLowerCase(Locale.ROOT).endsWith(ZIP) ? entry(file, format) : Optional.empty();
    }

    private static Optional<Source> entry(Path file, ExtractFormat<?> format) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> holds(name, format))
                    .findFirst()
                    .map(name -> new Source(file.getFileName() + "!" + name, file, Optional.of(name)));
        }
    }

    /** Whether the entry of an archive is of that format. */
    static boolean holds(String entry, ExtractFormat<?> format) {
        return matches(entry.substring(entry.lastIndexOf('/') + 1), format);
    }

    private static boolean matches(String name, ExtractFormat<?> format) {
        return format.prefixes().stream().anyMatch(name::startsWith);
    }
}
