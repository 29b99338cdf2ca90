package org.mssante.server.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Which list was in force when, with its bytes: a file a list, whose name tells since when it was in force, when it was
 * generated, and its SHA-256. Nothing else has to be kept in step with it. One writer at a time; read by others at will.
 */
public final class ListHistory {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile(
            "([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)_([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)_([0-9a-f]{64})\\.xml\\.gz");

    private final Path folder;
    private final int bound;

    /**
     * A list that came into force.
     *
     * @param since it ended with the next one's start
     * @param generated its DateDeGeneration
     */
    public record Entry(Instant since, Instant generated, String sha256, Path file) {

        /** The list as it was published. */
        public byte[] bytes() throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                return in.readAllBytes();
            }
        }
    }

    /** @param bound lists kept; the oldest go first */
    public ListHistory(Path folder, int bound) {
        this.folder = folder;
        this.bound = bound;
    }

    /** Oldest first. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.xml.gz")) {
                for (Path file : files) {
                    entry(file).ifPresent(entries::add);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::since));
        return List.copyOf(entries);
    }

    /** The list that was in force at a time; empty before the first one that is still kept. */
    public Optional<Entry> at(Instant time) throws IOException {
        return entries().stream().filter(entry -> !entry.since().isAfter(time)).reduce((earlier, later) -> later);
    }

    /** The newest DateDeGeneration that was ever in force, as far as is kept. */
    Optional<Instant> newestGenerated() throws IOException {
        return entries().stream().map(Entry::generated).max(Comparator.naturalOrder());
    }

    /** Writes down that a list comes into force; the one that is in force already changes nothing. */
    Entry add(byte[] bytes, Instant generated, String sha256, Instant now) throws IOException {
        List<Entry> before = entries();
        if (!before.isEmpty() && before.get(before.size() - 1).sha256().equals(sha256)) {
            return before.get(before.size() - 1);
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(TIME.format(now) + "_" + TIME.format(generated) + "_" + sha256 + ".xml.gz");
        DurableFile.write(file, compressed(bytes));
        for (Entry old : before.subList(0, Math.max(0, before.size() + 1 - bound))) {
            Files.deleteIfExists(old.file());
        }
        return entry(file).orElseThrow();
    }

    private static Optional<Entry> entry(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new Entry(time(name.group(1)), time(name.group(2)), name.group(3), file))
                : Optional.empty();
    }

    private static Instant time(String text) {
        return TIME.parse(text, Instant::from);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }
}
