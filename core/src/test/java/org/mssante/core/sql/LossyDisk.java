package org.mssante.core.sql;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk with a write cache, as a file system of H2, {@code lossy:}. A power loss keeps whatever was forced and, of what was
 * not, sectors picked at random: neither in their order nor all of a write.
 */
public final class LossyDisk extends FilePathWrapper {
    private static final int SECTOR = 512;

    private static final Map<String, Cached> FILES = new ConcurrentHashMap<>();

    /** H2 makes paths from an instance it was given. */
    public LossyDisk() {}

    /** What the disk holds of a file after a power loss at this instant, put into another file. */
    public static void losePower(Path file, Path survivor, Random random) throws IOException {
        FILES.get(file.toString()).survive(survivor, random);
    }

    /** As above, on the disk that kept the least: nothing but what was forced. */
    public static void losePower(Path file, Path survivor) throws IOException {
        losePower(file, survivor, new Random() {
            @Override
            public boolean nextBoolean() {
                return false;
            }
        });
    }

    /** What a process that is killed at this instant leaves: all that it wrote, forced or not, at one moment. */
    public static void kill(Path file, Path survivor) throws IOException {
        losePower(file, survivor, new Random() {
            @Override
            public boolean nextBoolean() {
                return true;
            }
        });
    }

    @Override
    public String getScheme() {
        return "lossy";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Path forced = Path.of(getBase() + ".forced");
        Cached cached = new Cached(
                getBase().open(mode), forced, FileChannel.open(forced, CREATE, TRUNCATE_EXISTING, READ, WRITE));
        FILES.put(getBase().toString(), cached);
        return cached;
    }

    /** What the process sees goes to the file at once; what the disk holds is in a second file. */
    private static final class Cached extends FileBaseDefault {
        private final FileChannel seen;
        private final Path forcedFile;
        private final FileChannel forced;
        private final List<Write> unforced = new ArrayList<>();

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Write(long position, byte[] bytes) {
            void to(FileChannel channel) throws IOException {
                channel.write(ByteBuffer.wrap(bytes), position);
            }
        }

        Cached(FileChannel seen, Path forcedFile, FileChannel forced) {
            this.seen = seen;
            this.forcedFile = forcedFile;
            this.forced = forced;
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return seen.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + SECTOR - (int) ((position + from) % SECTOR));
                byte[] sector = new byte[to - from];
                System.arraycopy(bytes, from, sector, 0, sector.length);
                unforced.add(new Write(position + from, sector));
                from = to;
            }
            return seen.write(source, position);
        }

        @Override
        public synchronized void force(boolean metaData) throws IOException {
            for (Write write : unforced) {
                write.to(forced);
            }
            unforced.clear();
        }

        synchronized void survive(Path survivor, Random random) throws IOException {
            Files.copy(forcedFile, survivor);
            try (FileChannel channel = FileChannel.open(survivor, WRITE)) {
                for (Write write : unforced) {
                    if (random.nextBoolean()) {
                        write.to(channel);
                    }
                }
            }
        }

        @Override
        public synchronized long size() throws IOException {
            return seen.size();
        }

        /** At once on the disk too: the worst that a truncation can do. */
        @Override
        protected synchronized void implTruncate(long size) throws IOException {
            seen.truncate(size);
            forced.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            forced.close();
            seen.close();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return seen.tryLock(position, size, shared);
        }
    }

    public static void register() {
        FilePath.register(new LossyDisk());
    }
}
