package org.mssante.dmp.bridge.ledger;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A mail on its way into the database: counted, limited, hashed, its head kept for the header. */
final class MessageInput extends FilterInputStream {
    /** Octets of a mail that hold its header. */
    static final int HEAD = 65_536;

    private final MessageDigest digest;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final long limit;
    private long size;

    MessageInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isTooLarge() {
        return size > limit;
    }

    long size() {
        return size;
    }

    byte[] head() {
        return head.toByteArray();
    }

    /** Call once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            size += count;
            if (isTooLarge()) {
                throw new IOException("the message is larger than " + limit + " octets");
            }
            digest.update(buffer, offset, count);
            head.write(buffer, offset, Math.min(count, Math.max(0, HEAD - head.size())));
        }
        return count;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("every octet of a message is stored");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
