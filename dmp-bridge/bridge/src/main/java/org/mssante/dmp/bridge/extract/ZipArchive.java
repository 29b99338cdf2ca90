package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.mssante.core.outcome.Outcome;

/**
 * The files of a zip archive, in memory. Reads by the central directory, so data descriptors, ZIP64 and data before the
 * archive make no difference. Every limit is checked while unpacking, never by what the archive says of itself.
 */
final class ZipArchive {
    private static final Pattern UNSAFE = Pattern.compile("(?:^|/)\\.\\.(?:/|$)|^/|^[A-Za-z]:|\\p{Cntrl}");
    private static final int BUFFER = 16_384;

    private final Map<String, Member> members;

    private ZipArchive(Map<String, Member> members) {
        this.members = members;
    }

    /** One file; {@code path} has slashes. */
    @SuppressWarnings("ArrayRecordComponent") // handed on inside this package, never compared
    record Member(String path, byte[] content) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The folder with its slash at the end; empty for the root. */
        String folder() {
            return path.substring(0, path.lastIndexOf('/') + 1);
        }
    }

    /** Why an archive is not read. */
    static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final Outcome outcome;

        Rejected(Outcome outcome, String detail) {
            super(detail);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    /** @param budget of the mail that holds the archive */
    static ZipArchive read(byte[] bytes, ExtractionLimits.ZipLimits limits, Budget budget) throws Rejected {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel(bytes);
                ZipFile zip = ZipFile.builder()
                        .setSeekableByteChannel(channel)
                        .setUseUnicodeExtraFields(true)
                        .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (entries.size() > limits.maxEntries()) {
                throw tooLarge("the archive has " + entries.size() + " entries, the limit is " + limits.maxEntries());
            }
            refuseOverlaps(entries);
            return new ZipArchive(new Unpacking(zip, limits, budget).all(entries));
        } catch (IOException e) {
            throw new Rejected(Outcome.XDM_UNREADABLE, "the zip archive is damaged");
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            // the zip library reports some kinds of malformed directories by unchecked exceptions
            throw new Rejected(Outcome.XDM_UNREADABLE, "the directory of the zip archive is malformed");
        }
    }

    /** Entries that share octets are the means of a bomb, or of showing two readers two contents. */
    private static void refuseOverlaps(List<ZipArchiveEntry> entries) throws Rejected {
        long end = 0;
        for (ZipArchiveEntry entry : entries.stream()
                .sorted(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset))
                .toList()) {
            if (entry.getLocalHeaderOffset() < end) {
                throw new Rejected(Outcome.XDM_UNREADABLE, "entries of the archive overlap");
            }
            end = entry.getDataOffset() + entry.getCompressedSize();
        }
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }

    private static Rejected tooLarge(String detail) {
        return new Rejected(Outcome.DOCUMENT_TOO_LARGE, detail);
    }

    /** Unpacks one archive and counts what comes out. */
    private static final class Unpacking {
        private final ZipFile zip;
        private final ExtractionLimits.ZipLimits limits;
        private final Budget budget;

        Unpacking(ZipFile zip, ExtractionLimits.ZipLimits limits, Budget budget) {
            this.zip = zip;
            this.limits = limits;
            this.budget = budget;
        }

        Map<String, Member> all(List<ZipArchiveEntry> entries) throws Rejected, IOException {
            Map<String, Member> members = new LinkedHashMap<>();
            for (ZipArchiveEntry entry : entries) {
                String path = path(entry);
                if (!entry.isDirectory() && !isClutter(path)) {
                    Member twin = members.put(path.toLowerCase(Locale.ROOT), new Member(path, content(entry)));
                    if (twin != null) {
                        // two readers would see two different files (zip ambiguity)
                        throw new Rejected(Outcome.XDM_UNREADABLE, "the archive holds a name twice");
                    }
                }
            }
            return members;
        }

        private String path(ZipArchiveEntry entry) throws Rejected {
            String path = EntryName.common(EntryName.of(entry));
            while (path.startsWith("./")) {
                path = path.substring(2);
            }
            if (path.length() > limits.maxNameLength()) {
                throw tooLarge("a name in the archive is longer than " + limits.maxNameLength());
            }
            if (UNSAFE.matcher(path).find() || entry.isUnixSymlink()) {
                throw new Rejected(Outcome.XDM_UNREADABLE, "the archive holds an unsafe name or a link");
            }
            return path;
        }

        private byte[] content(ZipArchiveEntry entry) throws Rejected, IOException {
            if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
                throw new Rejected(Outcome.XDM_UNREADABLE, "the archive is encrypted or packed by an unknown method");
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            CRC32 crc = new CRC32();
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = zip.getInputStream(entry)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    content.write(buffer, 0, count);
                    crc.update(buffer, 0, count);
                    check(entry, count, content.size());
                }
            }
            if (entry.getCrc() >= 0 && crc.getValue() != entry.getCrc()) {
                throw new ZipException("a file of the archive fails its CRC");
            }
            return content.toByteArray();
        }

        private void check(ZipArchiveEntry entry, int more, long unpacked) throws Rejected {
            if (!budget.takeUnpacked(more)) {
                throw tooLarge("the archives of the mail unpack to more than " + limits.maxTotalBytes() + " octets");
            }
            long packed = Math.max(1, entry.getCompressedSize());
            if (unpacked > ExtractionLimits.ZipLimits.RATIO_FREE_BYTES && unpacked / packed > limits.maxRatio()) {
                throw tooLarge("a file of the archive unpacks to more than " + limits.maxRatio() + " times its size");
            }
        }

        /** What macOS and Windows leave in archives. */
        private static boolean isClutter(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return path.startsWith("__MACOSX/")
                    || name.startsWith("._")
                    || name.equals(".ds_store")
                    || name.equals("thumbs.db");
        }
    }
}
