package org.mssante.core.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body in chunks (RFC 9112 §7.1). One that ends before its last chunk is an error, never a shorter body. */
final class ChunkedInput extends InputStream {
    private static final int HEXADECIMAL = 16;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(left, length));
        if (read < 0) {
            throw new EOFException("the service ended before its answer did");
        }
        left -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void nextChunk() throws IOException {
        if (!first) {
            HttpLine.read(in);
        }
        first = false;
        try {
            left = Long.parseLong(HttpLine.read(in), HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new IOException("the answer is not in chunks", e);
        }
        ended = left == 0;
    }
}
