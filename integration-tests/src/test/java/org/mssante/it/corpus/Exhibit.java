package org.mssante.it.corpus;

import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ReceivedMail;

/**
 * One file of the corpus.
 *
 * @param name folder and file name below the corpus, with slashes
 */
public record Exhibit(String name, Path file) {

    /** The files of some folders, in the order of their names. */
    public static List<Exhibit> of(Path corpus, String... folders) {
        List<Exhibit> found = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(corpus.resolve(folder))) {
                files.filter(Files::isRegularFile)
                        .sorted()
                        .map(file -> new Exhibit(folder + "/" + file.getFileName(), file))
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** True where the metadata mask it for professionals. */
    public boolean isMasked() {
        return name.startsWith("xdm/masked_");
    }

    /** A whole message, to be sent as it stands; anything else is the attachment of one. */
    public boolean isMail() {
        return name.endsWith(".eml");
    }

    /** A zip archive with an XDM package. */
    public boolean isPackage() {
        return name.endsWith(".zip");
    }

    /** The bytes of every XML document it carries. */
    public List<byte[]> documents() throws IOException, MessagingException {
        if (name.endsWith(".xml")) {
            return List.of(bytes());
        }
        if (isPackage()) {
            return unzipped(bytes());
        }
        List<byte[]> documents = new ArrayList<>();
        for (Attachment part : ReceivedMail.parse(bytes()).parts()) {
            if (part.name().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                documents.addAll(unzipped(part.content()));
            }
        }
        return documents;
    }

    private static List<byte[]> unzipped(byte[] zip) throws IOException {
        List<byte[]> documents = new ArrayList<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String upper = entry.getName().toUpperCase(Locale.ROOT);
                if (upper.endsWith(".XML") && !upper.endsWith("METADATA.XML")) {
                    documents.add(entries.readAllBytes());
                }
            }
        }
        return documents;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
