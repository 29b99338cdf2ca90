package org.mssante.it.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.core.id.Ins;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.mail.Attachment;

/** The documents of the demonstration ({@code conf/demo/documents}), as they stand and under other identifiers. */
public final class SampleDocuments {
    /** The patient whose DMP is active. */
    public static final Ins ACTIVE_PATIENT = new Ins("258029999900145", Ins.NIR_TEST);

    /** The patient who opposed the filing. */
    public static final Ins OPPOSED_PATIENT = new Ins("171119999900286", Ins.NIR_TEST);

    private static final Pattern DOCUMENT_ID = Pattern.compile("<id root=\"([0-9.]+)\"/>");
    private static final Pattern SET_ID = Pattern.compile("<setId root=\"[0-9.]+\"/>");
    private static final Pattern VERSION = Pattern.compile("<versionNumber value=\"([0-9]+)\"/>");

    private SampleDocuments() {}

    /** The CDA of the biology report on the patient whose DMP is active. */
    public static byte[] activeReport() {
        return read(folder("biologie-active").resolve("IHE_XDM/SUBSET01/DOC00001.XML"));
    }

    /** The CDA of the biology report on the patient who opposed the filing. */
    public static byte[] opposedReport() {
        return read(folder("biologie-opposed").resolve("IHE_XDM/SUBSET01/DOC00001.XML"));
    }

    /** {@code IHE_XDM.zip} with the biology report, and the PDF that goes beside it. */
    public static Attachment[] activePackage() {
        return packageOf("biologie-active");
    }

    public static Attachment[] opposedPackage() {
        return packageOf("biologie-opposed");
    }

    /** The discharge letter the hospital sends, as PDF. */
    public static Attachment dischargeLetter() {
        return Attachment.read(only(folder("lettre-de-sortie"), ".pdf"));
    }

    /** The uniqueId of a CDA document. */
    public static String idOf(byte[] cda) {
        Matcher id = DOCUMENT_ID.matcher(new String(cda, StandardCharsets.UTF_8));
        if (!id.find()) {
            throw new IllegalArgumentException("the document has no id");
        }
        return id.group(1);
    }

    /** The same document under an identifier nobody has used. */
    public static byte[] renamed(byte[] cda) {
        UUID uuid = UUID.randomUUID();
        String set = "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
        String text = new String(cda, StandardCharsets.UTF_8);
        text = DOCUMENT_ID.matcher(text).replaceFirst("<id root=\"" + set + ".1\"/>");
        text = SET_ID.matcher(text).replaceFirst("<setId root=\"" + set + "\"/>");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The next version of the same set, under an identifier of its own. */
    public static byte[] nextVersion(byte[] cda) {
        String text = new String(cda, StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            throw new IllegalArgumentException("the document has no versionNumber");
        }
        int next = Integer.parseInt(version.group(1)) + 1;
        text = version.replaceFirst("<versionNumber value=\"" + next + "\"/>");
        text = DOCUMENT_ID.matcher(text).replaceFirst("<id root=\"" + idOf(cda) + "." + next + "\"/>");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A CDA document as a bare attachment. */
    public static Attachment bare(byte[] cda) {
        return new Attachment("compte-rendu.xml", "text/xml", cda);
    }

    private static Attachment[] packageOf(String name) {
        Path folder = folder(name);
        return new Attachment[] {
            new Attachment("IHE_XDM.zip", "application/zip", zip(folder)), Attachment.read(only(folder, ".pdf"))
        };
    }

    private static byte[] zip(Path folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().endsWith(".pdf"))
                    .sorted()
                    .toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                zip.write(read(file));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Path only(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(folder + " holds not one file with the ending " + ending);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String name) {
        return TestInstance.home().resolve("conf/demo/documents").resolve(name);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
