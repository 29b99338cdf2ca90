package org.mssante.dmp.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntFunction;

/** A stream over numbered parts, fetched when needed; the first empty part is the end. */
final class PartsInputStream extends InputStream {
    private final IntFunction<byte[]> parts;
    private byte[] current = new byte[0];
    private int at;
    private int next;
    private boolean ended;

    PartsInputStream(IntFunction<byte[]> parts) {
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, buffer, offset, count);
        at += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        while (at == current.length && !ended) {
            try {
                current = parts.apply(next);
            } catch (StoreUnavailableException e) {
                throw new IOException("the content cannot be read from the database", e);
            }
            at = 0;
            next++;
            ended = current.length == 0;
        }
        return !ended;
    }
}
