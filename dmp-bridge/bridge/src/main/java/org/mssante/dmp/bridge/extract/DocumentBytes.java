package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.mssante.dmp.xds.metadata.Hash;

/** The bytes of a document exactly as they were sent. Immutable: nothing hands out the array itself. */
public final class DocumentBytes {
    private final byte[] bytes;
    private final Hash sha1;

    private DocumentBytes(byte[] bytes) {
        this.bytes = bytes;
        this.sha1 = Hash.sha1(bytes);
    }

    public static DocumentBytes copyOf(byte[] bytes) {
        return new DocumentBytes(bytes.clone());
    }

    /** True where only the line ends of both texts differ, which transports rewrite. */
    boolean differsInLineEndsOnly(DocumentBytes other) {
        int mine = 0;
        int theirs = 0;
        while (true) {
            mine = behindCarriageReturn(bytes, mine);
            theirs = behindCarriageReturn(other.bytes, theirs);
            if (mine == bytes.length || theirs == other.bytes.length) {
                return mine == bytes.length && theirs == other.bytes.length && !equals(other);
            }
            if (bytes[mine++] != other.bytes[theirs++]) {
                return false;
            }
        }
    }

    /** The position of the line feed where a line end of two octets stands at this one. */
    private static int behindCarriageReturn(byte[] text, int at) {
        return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n' ? at + 1 : at;
    }

    public int size() {
        return bytes.length;
    }

    public Hash sha1() {
        return sha1;
    }

    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    public byte[] copy() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentBytes that && sha1.equals(that.sha1) && bytes.length == that.bytes.length;
    }

    @Override
    public int hashCode() {
        return sha1.hashCode();
    }

    @Override
    public String toString() {
        return "DocumentBytes[" + bytes.length + " octets, " + sha1 + "]";
    }
}
