package org.mssante.annuaire.sync;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryRecords;
import org.mssante.annuaire.index.PackedEntry;

/**
 * Sorts records by the octets of their keys and brings those of the same key together, whatever order they come in: the lines of
 * one professional need not stand together in an extract. Up to a number of bytes is kept in memory; what is beyond goes to sorted runs
 * in files, which are removed at the end. Not thread-safe.
 */
final class EntrySorter implements Closeable {
    private static final int FILE_BUFFER = 1 << 16;

    private static final int END = -1;

    private final Path folder;
    private final List<Path> runs = new ArrayList<>();
    private RecordBuffer buffer;

    /** Takes all records of one key, in the order in which they came. */
    @FunctionalInterface
    interface Sink {
        void accept(EntryRecords records) throws IOException;
    }

    /** @param folder for the runs; it exists and is on a disk with room for the packed entries */
    EntrySorter(Path folder, int maxBytes) {
        this.folder = folder;
        this.buffer = new RecordBuffer(maxBytes);
    }

    void add(DirectoryEntry entry) throws IOException {
        byte[] packed = PackedEntry.pack(entry);
        if (!buffer.hasRoom(packed.length)) {
            spill();
        }
        buffer.add(packed);
    }

    /** Hands the records over key by key, in the order of the keys. Call it once, after the last {@link #add}. */
    void drain(Sink sink) throws IOException {
        spill();
        buffer = new RecordBuffer(0);
        List<Run> open = new ArrayList<>();
        try {
            // ties go to the earlier run, so that merging keeps the order in which entries came
            PriorityQueue<Run> queue =
                    new PriorityQueue<>(Comparator.comparing((Run run) -> run.head, PackedEntry::compareKeys)
                            .thenComparingInt(run -> run.number));
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
        List<byte[]> group = new ArrayList<>();
        while (!queue.isEmpty()) {
            Run run = queue.remove();
            if (!group.isEmpty() && PackedEntry.compareKeys(group.get(0), run.head) != 0) {
                sink.accept(new EntryRecords(group));
                group.clear();
            }
            group.add(run.head);
            if (run.advance()) {
                queue.add(run);
            }
        }
        if (!group.isEmpty()) {
            sink.accept(new EntryRecords(group));
        }
    }

    private void spill() throws IOException {
        if (buffer.isEmpty()) {
            return;
        }
        Path run = Files.createTempFile(folder, "sort", ".run");
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), FILE_BUFFER))) {
            buffer.drain((octets, start, length) -> {
                out.writeInt(length);
                out.write(octets, start, length);
            });
            out.writeInt(END);
        }
    }

    /** A sorted file, one record of it in memory. */
    private static final class Run implements Closeable {
        private final DataInputStream in;
        private final int number;
        private byte[] head = new byte[0];

        Run(Path file, int number) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), FILE_BUFFER));
            this.number = number;
        }

        boolean advance() throws IOException {
            int length = in.readInt();
            if (length == END) {
                return false;
            }
            head = in.readNBytes(length);
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
