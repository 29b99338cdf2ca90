package org.mssante.server.storage.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.IntFunction;
import org.mssante.server.storage.sql.StorageException;

/** Bytes that come in numbered chunks; a chunk that is not full is the end. One chunk is in memory at a time. Not thread-safe. */
final class ChunkedInputStream extends InputStream {
    private final int size;
    private final IntFunction<byte[]> chunks;
    private InputStream current = InputStream.nullInputStream();
    private int next;
    private boolean ended;

    /** @param size of every chunk but the last, which is shorter */
    ChunkedInputStream(int size, IntFunction<byte[]> chunks) {
        this.size = size;
        this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        int count = current.read(buffer, offset, length);
        while (count < 0 && !ended) {
            advance();
            count = current.read(buffer, offset, length);
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return current.available();
    }

    private void advance() throws IOException {
        byte[] chunk;
        try {
            chunk = chunks.apply(next++);
        } catch (StorageException e) {
            throw new IOException("The body of a mail could not be read from the database", e);
        }
        ended = chunk.length < size;
        current = new ByteArrayInputStream(chunk);
    }
}
