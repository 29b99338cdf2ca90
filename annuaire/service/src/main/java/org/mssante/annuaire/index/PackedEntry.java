package org.mssante.annuaire.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;

/** An entry as a few bytes: its key, its audience, its values by attribute; numbers and lengths as variable-length integers. */
public final class PackedEntry {
    private static final byte FOR_SERVICES = 1;

    /** In place of a count, which is never zero: the number of a list of {@link ObjectClasses} follows. */
    private static final int LISTED = 0;

    private static final int NOT_LISTED = -1;
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private PackedEntry() {}

    public static byte[] pack(DirectoryEntry entry) {
        Output out = new Output();
        out.string(entry.key().term());
        out.number(entry.audience() == Audience.SERVICES ? FOR_SERVICES : 0);
        out.number(entry.attributes().size());
        for (Map.Entry<Attribute, List<String>> attribute : entry.attributes().entrySet()) {
            out.number(attribute.getKey().number());
            int classes = attribute.getKey() == Attribute.OBJECT_CLASS
                    ? ObjectClasses.ALL.indexOf(attribute.getValue())
                    : NOT_LISTED;
            if (classes == NOT_LISTED) {
                out.number(attribute.getValue().size());
                attribute.getValue().forEach(out::string);
            } else {
                out.number(LISTED);
                out.number(classes);
            }
        }
        return out.toArray();
    }

    public static DirectoryEntry unpack(byte[] packed) throws IOException {
        return unpack(packed, 0, packed.length);
    }

    /** The order of two packed entries in the index: that of the octets of their keys. */
    public static int compareKeys(byte[] one, byte[] other) {
        return key(one).compareTo(key(other));
    }

    /** The same of two in one array, each from a place on. */
    public static int compareKeys(byte[] octets, int one, int other) {
        return key(octets, one).compareTo(key(octets, other));
    }

    static DirectoryEntry unpack(byte[] packed, int offset, int length) throws IOException {
        ByteArrayDataInput in = new ByteArrayDataInput(packed, offset, length);
        EntryKey key = EntryKey.ofTerm(in.readString());
        DirectoryEntry.Builder entry =
                DirectoryEntry.at(key, in.readByte() == FOR_SERVICES ? Audience.SERVICES : Audience.PROFESSIONALS);
        int attributes = in.readVInt();
        for (int i = 0; i < attributes; i++) {
            Attribute attribute = Attribute.numbered(in.readVInt());
            int count = in.readVInt();
            entry.having(attribute, count == LISTED ? ObjectClasses.ALL.get(in.readVInt()) : strings(in, count));
        }
        return entry.build();
    }

    /** The key's term, as it stands in the packed entry. */
    static BytesRef key(byte[] packed) {
        return key(packed, 0);
    }

    private static BytesRef key(byte[] packed, int offset) {
        ByteArrayDataInput in = new ByteArrayDataInput(packed, offset, packed.length - offset);
        int length = in.readVInt();
        return new BytesRef(packed, in.getPosition(), length);
    }

    static boolean has(byte[] packed, Attribute attribute) throws IOException {
        ByteArrayDataInput in = new ByteArrayDataInput(packed);
        skipString(in);
        in.readByte();
        int attributes = in.readVInt();
        for (int i = 0; i < attributes; i++) {
            if (in.readVInt() == attribute.number()) {
                return true;
            }
            int values = in.readVInt();
            if (values == LISTED) {
                in.readVInt();
            }
            for (int left = values; left > 0; left--) {
                skipString(in);
            }
        }
        return false;
    }

    private static List<String> strings(ByteArrayDataInput in, int count) throws IOException {
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(in.readString());
        }
        return strings;
    }

    private static void skipString(ByteArrayDataInput in) {
        in.skipBytes(in.readVInt());
    }

    /** Grows as needed; Lucene's own outputs are made for larger things. */
    private static final class Output {
        private byte[] bytes = new byte[512];
        private int length;

        void number(int value) {
            room(Integer.BYTES + 1);
            int left = value;
            while ((left & ~(MORE - 1)) != 0) {
                bytes[length++] = (byte) ((left & (MORE - 1)) | MORE);
                left >>>= BITS;
            }
            bytes[length++] = (byte) left;
        }

        void string(String value) {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            number(encoded.length);
            room(encoded.length);
            System.arraycopy(encoded, 0, bytes, length, encoded.length);
            length += encoded.length;
        }

        byte[] toArray() {
            return Arrays.copyOf(bytes, length);
        }

        private void room(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }
}
