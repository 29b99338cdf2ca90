package org.mssante.annuaire.sync;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.PackedEntry;

/**
 * Sorts entries by the octets of their keys and merges those of the same key, whatever order they come in: the lines of one professional
 * need not stand together in an extract. Up to a number of bytes is kept in memory; what is beyond goes to sorted runs
 * in files, which are removed at the end. Not thread-safe.
 */
final class EntrySorter implements Closeable {
    private static final int FILE_BUFFER = 1 << 16;
    /** What a record in memory costs beside its bytes, roughly. */
    private static final int OVERHEAD = 120;

    private static final int END = -1;

    private final Path folder;
    private final long maxBytes;
    private final List<Packed> buffer = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private long bytes;

    /** Takes one merged entry. */
    @FunctionalInterface
    interface Sink {
        void accept(DirectoryEntry entry) throws IOException;
    }

    private static final class Packed {
        /** The order of the index, which is that of the octets. */
        private static final Comparator<Packed> BY_KEY =
                Comparator.comparing(packed -> packed.key, Arrays::compareUnsigned);

        private final byte[] key;
        private final byte[] entry;

        Packed(byte[] key, byte[] entry) {
            this.key = key;
            this.entry = entry;
        }
    }

    /** @param folder for the runs; it exists and is on a disk with room for the packed entries */
    EntrySorter(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    void add(DirectoryEntry entry) throws IOException {
        Packed packed = new Packed(entry.key().term().getBytes(StandardCharsets.UTF_8), PackedEntry.pack(entry));
        buffer.add(packed);
        bytes += packed.key.length + packed.entry.length + OVERHEAD;
        if (bytes > maxBytes) {
            spill();
        }
    }

    /** Hands the merged entries over in the order of their keys. Call it once, after the last {@link #add}. */
    void drain(Sink sink) throws IOException {
        spill();
        List<Run> open = new ArrayList<>();
        try {
            // ties go to the earlier run, so that merging keeps the order in which entries came
            PriorityQueue<Run> queue = new PriorityQueue<>(
                    Comparator.comparing((Run run) -> run.head, Packed.BY_KEY).thenComparing(run -> run.number));
            for (int i = 0; i < runs.size(); i++) {
                Run run = new Run(runs.get(i), i);
                open.add(run);
                if (run.advance()) {
                    queue.add(run);
                }
            }
            merge(queue, sink);
        } finally {
            for (Run run : open) {
                run.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private static void merge(PriorityQueue<Run> queue, Sink sink) throws IOException {
        Optional<DirectoryEntry> current = Optional.empty();
        while (!queue.isEmpty()) {
            Run run = queue.remove();
            DirectoryEntry next = PackedEntry.unpack(run.head.entry);
            if (current.isPresent() && current.get().key().equals(next.key())) {
                current = Optional.of(current.get().with(next));
            } else {
                if (current.isPresent()) {
                    sink.accept(current.get());
                }
                current = Optional.of(next);
            }
            if (run.advance()) {
                queue.add(run);
            }
        }
        if (current.isPresent()) {
            sink.accept(current.get());
        }
    }

    private void spill() throws IOException {
        if (buffer.isEmpty()) {
            return;
        }
        buffer.sort(Packed.BY_KEY);
        Path run = Files.createTempFile(folder, "sort", ".run");
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), FILE_BUFFER))) {
            for (Packed packed : buffer) {
                out.writeInt(packed.entry.length);
                out.writeInt(packed.key.length);
                out.write(packed.key);
                out.write(packed.entry);
            }
            out.writeInt(END);
        }
        buffer.clear();
        bytes = 0;
    }

    /** A sorted file, one record of it in memory. */
    private static final class Run implements Closeable {
        private final DataInputStream in;
        private final int number;
        private Packed head = new Packed(new byte[0], new byte[0]);

        Run(Path file, int number) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), FILE_BUFFER));
            this.number = number;
        }

        boolean advance() throws IOException {
            int length = in.readInt();
            if (length == END) {
                return false;
            }
            byte[] key = in.readNBytes(in.readInt());
            head = new Packed(key, in.readNBytes(length));
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
