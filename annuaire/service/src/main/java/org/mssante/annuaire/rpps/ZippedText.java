package org.mssante.annuaire.rpps;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One entry of a zip file, inflated while it is read. Closing it closes the zip. */
final class ZippedText extends FilterInputStream {
    private final ZipFile zip;

    ZippedText(Path file, String entry) throws IOException {
        this(new ZipFile(file.toFile()), file, entry);
    }

    private ZippedText(ZipFile zip, Path file, String entry) throws IOException {
        super(content(zip, file, entry));
        this.zip = zip;
    }

    @Override
    public void close() throws IOException {
        super.close();
        zip.close();
    }

    private static InputStream content(ZipFile zip, Path file, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            zip.close();
            throw new IOException("the entry " + name + " has left " + file);
        }
        return zip.getInputStream(entry);
    }
}
