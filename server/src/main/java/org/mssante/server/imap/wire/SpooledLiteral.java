package org.mssante.server.imap.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.james.imap.message.Literal;

/**
 * A literal while it arrives and until its command is done: in memory up to {@value #IN_MEMORY} octets, else in a file that
 * has lost its name as soon as it is open, so that nothing is left of it after any end of the connection or the process.
 * Written by the connection's thread, then read by others.
 */
final class SpooledLiteral implements Literal, Closeable {
    static final int IN_MEMORY = 100_000;

    private final long size;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final Optional<FileChannel> file;
    private long written;

    private SpooledLiteral(long size, Optional<FileChannel> file) {
        this.size = size;
        this.file = file;
    }

    static SpooledLiteral ofSize(long size) throws IOException {
        return new SpooledLiteral(size, size > IN_MEMORY ? Optional.of(nameless()) : Optional.empty());
    }

    /** Takes what it still needs. */
    void take(ByteBuf in) throws IOException {
        int count = (int) Math.min(in.readableBytes(), size - written);
        if (file.isPresent()) {
            ByteBuffer octets = in.nioBuffer(in.readerIndex(), count);
            while (octets.hasRemaining()) {
                file.get().write(octets);
            }
            in.skipBytes(count);
        } else {
            in.readBytes(memory, count);
        }
        written += count;
    }

    boolean isWhole() {
        return written == size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream getInputStream() {
        return file.<InputStream>map(Positioned::new).orElseGet(() -> new ByteArrayInputStream(memory.toByteArray()));
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    private static FileChannel nameless() throws IOException {
        Path path = Files.createTempFile("imap-literal", ".tmp");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(path);
        return channel;
    }

    /** A reader with a position of its own. */
    private static final class Positioned extends InputStream {
        private final FileChannel file;
        private long position;

        Positioned(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (!file.isOpen()) {
                throw new EOFException("the connection has ended");
            }
            int count = file.read(ByteBuffer.wrap(octets, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
