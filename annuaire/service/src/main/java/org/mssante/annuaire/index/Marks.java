package org.mssante.annuaire.index;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The marks by which entries are compared: of the packed records they were made from. Not thread-safe. */
final class Marks {
    private final MessageDigest digest;

    Marks() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Other records have another one, but for one pair in 2^64; the same in another order have the same: an edition may bring the
     * lines of a professional in any.
     */
    long of(List<byte[]> packed) {
        long mark = 0;
        for (byte[] record : packed) {
            mark += ByteBuffer.wrap(digest.digest(record)).getLong();
        }
        return mark;
    }
}
