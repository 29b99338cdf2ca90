package org.mssante.annuaire.sync;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.mssante.annuaire.index.PackedEntry;

/**
 * Packed entries, one behind the other in one array that stays: as objects of their own each collection of garbage would copy them, and
 * make all who ask wait, until they are written. Not thread-safe.
 */
final class RecordBuffer {
    /** What a record costs beside its octets: where it starts, and its place in the order while that is found out. */
    private static final int OVERHEAD = 32;

    private final int maxBytes;
    private byte[] octets;
    /** Of each record, and of the one that would come next. */
    private int[] starts = new int[1];

    private int count;

    /** Takes the octets of one record. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] octets, int start, int length) throws IOException;
    }

    RecordBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
        this.octets = new byte[maxBytes];
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean hasRoom(int length) {
        return (long) starts[count] + length + (count + 1L) * OVERHEAD <= maxBytes;
    }

    /** Takes one for which there is room; where there is no other, of any length. */
    void add(byte[] packed) {
        int start = starts[count];
        if (start + packed.length > octets.length) {
            octets = Arrays.copyOf(octets, start + packed.length);
        }
        System.arraycopy(packed, 0, octets, start, packed.length);
        count++;
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = start + packed.length;
    }

    /** Hands all over in the order of their keys, those of one key as they came, and is empty. */
    void drain(Sink sink) throws IOException {
        Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparing(
                        record -> starts[record], (one, other) -> PackedEntry.compareKeys(octets, one, other)));
        for (int record : order) {
            sink.accept(octets, starts[record], starts[record + 1] - starts[record]);
        }
        count = 0;
    }
}
