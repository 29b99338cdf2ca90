package org.mssante.annuaire.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/**
 * What several records of the sources say of one entry, packed, in the order in which they came: two million of them are
 * compared with what stands without being unpacked. Immutable.
 */
public final class EntryRecords {
    private final List<byte[]> packed;

    /** @param packed at least one, all of the same key; not to be changed any more */
    public EntryRecords(List<byte[]> packed) {
        this.packed = List.copyOf(packed);
    }

    /** Whether the entry stands in that branch. */
    public boolean isOf(Branch branch) {
        BytesRef key = PackedEntry.key(packed.get(0));
        byte[] unit = branch.unit().getBytes(StandardCharsets.UTF_8);
        return key.length > unit.length
                && key.bytes[key.offset + unit.length] == EntryKey.SLASH
                && Arrays.equals(key.bytes, key.offset, key.offset + unit.length, unit, 0, unit.length);
    }

    /** Whether one of the records has a value of that attribute. */
    public boolean have(Attribute attribute) throws IOException {
        for (byte[] record : packed) {
            if (PackedEntry.has(record, attribute)) {
                return true;
            }
        }
        return false;
    }

    /** The records as one entry, see {@link DirectoryEntry#with(DirectoryEntry)}. */
    public DirectoryEntry entry() throws IOException {
        DirectoryEntry entry = PackedEntry.unpack(packed.get(0));
        for (byte[] record : packed.subList(1, packed.size())) {
            entry = entry.with(PackedEntry.unpack(record));
        }
        return entry;
    }

    /** What each of the records says by itself. */
    public List<DirectoryEntry> each() throws IOException {
        List<DirectoryEntry> entries = new ArrayList<>(packed.size());
        for (byte[] record : packed) {
            entries.add(PackedEntry.unpack(record));
        }
        return entries;
    }

    BytesRef key() {
        return PackedEntry.key(packed.get(0));
    }

    List<byte[]> packed() {
        return packed;
    }
}
