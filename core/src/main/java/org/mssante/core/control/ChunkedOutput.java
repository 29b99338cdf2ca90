package org.mssante.core.control;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body in chunks (RFC 9112 §7.1): only {@link #finish()} tells the caller that it is whole. */
final class ChunkedOutput extends OutputStream {
    private static final int CHUNK = 16 * 1024;

    private final OutputStream out;
    private final OutputStream chunks;

    ChunkedOutput(OutputStream out) {
        this.out = out;
        this.chunks = new BufferedOutputStream(new Chunks(), CHUNK);
    }

    @Override
    public void write(int octet) throws IOException {
        chunks.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        chunks.write(bytes, offset, length);
    }

    /** What was written so far goes now. */
    @Override
    public void flush() throws IOException {
        chunks.flush();
    }

    void finish() throws IOException {
        chunks.flush();
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Each write is a chunk. */
    private final class Chunks extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, offset, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
