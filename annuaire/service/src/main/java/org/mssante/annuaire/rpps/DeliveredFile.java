package org.mssante.annuaire.rpps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A file as it was delivered, text or archive, whatever it is called: tells whether it is whole and what it should be. */
public final class DeliveredFile {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ExtractReader reader;
    private final long maxTextBytes;

    /** @param maxTextBytes of one extract once it is inflated */
    public DeliveredFile(Path file, int maxLineBytes, long maxTextBytes) {
        this.file = file;
        this.reader = new ExtractReader(maxLineBytes);
        this.maxTextBytes = maxTextBytes;
    }

    /** The end its name must have for the readers. */
    public String ending() throws IOException {
        return isArchive() ? ExtractFolder.ZIP : ExtractFolder.TEXT;
    }

    /**
     * Reads it to its end: its columns, and in an archive the checksums, which nobody looks at who reads only one entry of it.
     *
     * @param wanted must be there
     * @param known what else is looked at, where the file is an archive
     * @throws IOException that says what is wrong with it
     */
    public void check(ExtractFormat<?> wanted, List<ExtractFormat<?>> known) throws IOException {
        if (!isArchive()) {
            try (InputStream in = Files.newInputStream(file)) {
                check(wanted.prefixes().get(0), in, wanted);
            }
            return;
        }
        boolean found = false;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                for (ExtractFormat<?> format : known) {
                    if (ExtractFolder.holds(entry.getName(), format)) {
                        found |= format.prefixes().equals(wanted.prefixes());
                        check(zip, entry, format);
                    }
                }
            }
        }
        if (!found) {
            throw new MalformedExtractException("The archive holds no "
                    + wanted.prefixes().get(0) + ": its format has changed or it is another file.");
        }
    }

    private void check(ZipFile zip, ZipEntry entry, ExtractFormat<?> format) throws IOException {
        CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
        try (in) {
            check(entry.getName(), in, format);
        }
        if (in.getChecksum().getValue() != entry.getCrc()) {
            throw new MalformedExtractException("The entry " + entry.getName() + " of the archive is damaged.");
        }
    }

    private void check(String name, InputStream in, ExtractFormat<?> format) throws IOException {
        reader.check(name, in, format);
        byte[] buffer = new byte[BUFFER];
        long octets = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            octets += read;
            if (octets > maxTextBytes) {
                throw new MalformedExtractException(
                        "The extract " + name + " is larger than " + maxTextBytes + " bytes.");
            }
        }
    }

    private boolean isArchive() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
