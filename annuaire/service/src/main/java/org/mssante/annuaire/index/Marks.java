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

    /** Records that differ have another one, but for one pair in 2^64. Each tells its own length, so none can pass for two. */
    long of(List<byte[]> packed) {
        packed.forEach(digest::update);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
