package org.mssante.core.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.Constants;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.mssante.core.log.RootCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens H2 databases that H2 takes for corrupt though nothing of them is lost ("Double mark", issue 2752 of H2).
 *
 * <p>A process may be killed while it writes over a chunk that holds nothing any more. The next one gives the chunk's space
 * away, but its entry may stay in the list of chunks for long. H2 allows for that in a file that nobody closed; in one that
 * was closed in good order afterwards it finds two chunks in one place and refuses the file. Such a file loses here the mark
 * of its good closing, provided that H2 then finds it whole and as new as it was.
 */
public final class StaleChunks {
    private static final Logger LOG = LoggerFactory.getLogger(StaleChunks.class);

    private static final String H2 = "jdbc:h2:";
    private static final String SYMPTOM = "Double mark";

    /** As H2 writes it: keys and hexadecimal values, then the checksum over all before it. */
    private static final Pattern HEADER =
            Pattern.compile("(?<text>H:[^\\x00-\\x1f]{1,300}),fletcher:[0-9a-f]{1,8}\\n", Pattern.DOTALL);

    private static final Pattern VERSION = Pattern.compile(",version:(?<version>[0-9a-f]{1,16})");
    private static final String CLOSED = ",clean:1";
    private static final int HEADERS = 2;
    private static final int BLOCK = 4096;

    private StaleChunks() {}

    /**
     * @param url of the database that {@code opening} opens
     * @throws RuntimeException of {@code opening}, where the file has another defect than this one
     */
    public static <T> T open(String url, Supplier<T> opening) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            if (!isSymptom(RootCause.of(e)) || !url.startsWith(H2)) {
                throw e;
            }
            FilePath file = file(url);
            try {
                checkAsAfterACrash(file);
            } catch (IOException | MVStoreException again) {
                e.addSuppressed(again);
                throw e;
            }
            LOG.warn(
                    "the database {} listed a chunk that a killed process had begun to write over: nothing of it is lost",
                    file.getName());
            return opening.get();
        }
    }

    private static boolean isSymptom(Throwable cause) {
        return cause instanceof MVStoreException
                && cause.getMessage() != null
                && cause.getMessage().startsWith(SYMPTOM);
    }

    private static FilePath file(String url) {
        int options = url.indexOf(';');
        return FilePath.get(
                url.substring(H2.length(), options < 0 ? url.length() : options) + Constants.SUFFIX_MV_FILE);
    }

    private static void checkAsAfterACrash(FilePath file) throws IOException {
        String closed = header(file);
        write(file, closed.replace(CLOSED, ""));
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            if (store.getCurrentVersion() < version(closed)) {
                throw new IOException("H2 finds only an older version of " + file.getName() + " whole");
            }
        } catch (IOException | MVStoreException e) {
            write(file, closed);
            throw e;
        }
    }

    private static String header(FilePath file) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel channel = file.open("r")) {
            while (block.hasRemaining() && channel.read(block, block.position()) >= 0) {
                // a file of H2 has two such blocks at least
            }
        }
        return Optional.of(HEADER.matcher(new String(block.array(), StandardCharsets.ISO_8859_1)))
                .filter(Matcher::lookingAt)
                .map(found -> found.group("text"))
                .orElseThrow(() -> new IOException("the header of " + file.getName() + " is not one of H2's"));
    }

    private static long version(String header) throws IOException {
        Matcher found = VERSION.matcher(header);
        if (!found.find()) {
            throw new IOException("the header names no version");
        }
        return Long.parseUnsignedLong(found.group("version"), 16);
    }

    /** Writes both copies of the header; refused where another process holds the file. */
    private static void write(FilePath file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        String checksum = Integer.toHexString(DataUtils.getFletcher32(bytes, 0, bytes.length));
        byte[] header = (text + ",fletcher:" + checksum + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer blocks = ByteBuffer.allocate(HEADERS * BLOCK);
        for (int copy = 0; copy < HEADERS; copy++) {
            blocks.position(copy * BLOCK).put(header);
        }
        blocks.rewind();
        try (FileChannel channel = file.open("rw");
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw new IOException("another process holds " + file.getName());
            }
            while (blocks.hasRemaining()) {
                channel.write(blocks, blocks.position());
            }
            channel.force(true);
        }
    }
}
