package org.mssante.core.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2, {@value #SCHEME}:, under which a power loss leaves each write of a database file whole or without
 * effect.
 *
 * <p>H2 appends chunks of many blocks, each with one write, and takes a chunk for whole where its header and its footer are
 * right. A disk may write sectors in any order, so a chunk that a power loss cut may be right at both ends and hold a hole.
 * Here the sector with the header follows only once all others are forced to the disk: a chunk that begins right is whole.
 * The price is one more force a chunk.
 */
public final class TornWriteFileSystem extends FilePathWrapper {
    static final String SCHEME = "whole";

    /** What a disk writes as one, at least; the header of a chunk is shorter. */
    private static final int SECTOR = 512;

    /** The first two blocks of 4096 octets each hold the header of the file, with a checksum: one of them is enough. */
    private static final long FILE_HEADERS = 2 * 4096;

    /** H2 makes paths from an instance it was given. */
    public TornWriteFileSystem() {}

    static void register() {
        FilePath.register(new TornWriteFileSystem());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new OrderedChannel(getBase().open(mode));
    }

    /**
     * Thread-safe where the channel below is: H2 reads at positions, and writes from one thread at a time.
     */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // reads need not wait for writes
    private static final class OrderedChannel extends FileBaseDefault {
        private final FileChannel base;

        OrderedChannel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return base.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            if (position < FILE_HEADERS || length <= SECTOR) {
                return base.write(source, position);
            }
            ByteBuffer header = source.slice().limit(SECTOR);
            source.position(source.position() + SECTOR);
            // meanwhile nothing that begins like a chunk, in space that the file system has then given to the file
            writeFully(ByteBuffer.allocate(SECTOR), position);
            writeFully(source, position + SECTOR);
            base.force(false);
            writeFully(header, position);
            return length;
        }

        private void writeFully(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += base.write(bytes, at);
            }
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            base.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            base.force(metaData);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }
    }
}
