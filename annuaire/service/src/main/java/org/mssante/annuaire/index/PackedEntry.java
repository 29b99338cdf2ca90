package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;

/** An entry as a few bytes. */
public final class PackedEntry {
    private static final byte FOR_SERVICES = 1;

    private PackedEntry() {}

    public static byte[] pack(DirectoryEntry entry) throws IOException {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        out.writeString(entry.key().term());
        out.writeByte(entry.audience() == Audience.SERVICES ? FOR_SERVICES : 0);
        out.writeVInt(entry.attributes().size());
        for (Map.Entry<Attribute, List<String>> attribute : entry.attributes().entrySet()) {
            out.writeVInt(attribute.getKey().number());
            out.writeVInt(attribute.getValue().size());
            for (String value : attribute.getValue()) {
                out.writeString(value);
            }
        }
        return out.toArrayCopy();
    }

    public static DirectoryEntry unpack(byte[] packed) throws IOException {
        return unpack(packed, 0, packed.length);
    }

    static DirectoryEntry unpack(byte[] packed, int offset, int length) throws IOException {
        DataInput in = new ByteArrayDataInput(packed, offset, length);
        EntryKey key = EntryKey.ofTerm(in.readString());
        DirectoryEntry.Builder entry =
                DirectoryEntry.at(key, in.readByte() == FOR_SERVICES ? Audience.SERVICES : Audience.PROFESSIONALS);
        int attributes = in.readVInt();
        for (int i = 0; i < attributes; i++) {
            Attribute attribute = Attribute.numbered(in.readVInt());
            int values = in.readVInt();
            for (int j = 0; j < values; j++) {
                entry.with(attribute, in.readString());
            }
        }
        return entry.build();
    }
}
