package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.core.id.Ins;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.Trait;

/** The project's own documents (conf/demo/documents), and packages and mails built of them. */
public final class Samples {
    public static final String DOCUMENT_ID = "2.25.319283746510293847561029384756102938.11.1";

    private static final Path DOCUMENTS =
            Path.of(System.getProperty("mssante.home", "../.."), "conf", "demo", "documents");

    private Samples() {}

    /** As the bridge is shipped, but for the limits. */
    static MailExtractor extractor(ExtractionLimits limits) {
        return extractor(limits, UnstatedQualification.NOTE);
    }

    static MailExtractor extractor(ExtractionLimits limits, UnstatedQualification unstated) {
        InsRules rules = new InsRules(
                List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO), false, EnumSet.allOf(Trait.class), false);
        return new MailExtractor(limits, new PatientIdentity(rules), unstated);
    }

    public static byte[] read(String path) {
        try {
            return Files.readAllBytes(DOCUMENTS.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] report() {
        return read("biologie-active/IHE_XDM/SUBSET01/DOC00001.XML");
    }

    public static String reportText() {
        return new String(report(), StandardCharsets.UTF_8);
    }

    public static byte[] metadata() {
        return read("biologie-active/IHE_XDM/SUBSET01/METADATA.XML");
    }

    public static String metadataText() {
        return new String(metadata(), StandardCharsets.UTF_8);
    }

    /** The files of the package of the first patient. */
    public static Map<String, byte[]> packageFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("INDEX.HTM", read("biologie-active/INDEX.HTM"));
        files.put("README.TXT", read("biologie-active/README.TXT"));
        files.put("IHE_XDM/SUBSET01/METADATA.XML", metadata());
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", report());
        return files;
    }

    /** The report, restricted by its author. */
    public static byte[] restrictedReport() {
        return utf8(reportText().replace("<confidentialityCode code=\"N\"", "<confidentialityCode code=\"R\""));
    }

    /** The package of another report, whose metadata give it this confidentiality. */
    public static Map<String, byte[]> packageOf(byte[] report, String confidentiality) {
        Map<String, byte[]> files = new LinkedHashMap<>(packageFiles());
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", report);
        files.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                utf8(metadataText()
                        .replace(
                                DocumentBytes.copyOf(report()).sha1().hex(),
                                DocumentBytes.copyOf(report).sha1().hex())
                        .replace(">" + report().length + "<", ">" + report.length + "<")
                        .replace("nodeRepresentation=\"N\"", "nodeRepresentation=\"" + confidentiality + "\"")));
        return files;
    }

    /** The same package, whose metadata hide the document from the patient. */
    public static Map<String, byte[]> maskedPackageFiles() {
        String normal = "<rim:Classification";
        String metadata = metadataText();
        int at = metadata.indexOf("f4f85eac-e6cb-4883-b524-f2705394840f");
        int begin = metadata.lastIndexOf(normal, at);
        int end = metadata.indexOf("</rim:Classification>", at) + "</rim:Classification>".length();
        String mask = metadata.substring(begin, end)
                .replaceFirst("nodeRepresentation=\"[^\"]*\"", "nodeRepresentation=\"INVISIBLE_PATIENT\"")
                .replaceFirst("id=\"[^\"]*\"", "id=\"Mask01\"")
                .replace("2.16.840.1.113883.5.25", "1.2.250.1.213.1.1.4.13");
        Map<String, byte[]> files = new LinkedHashMap<>(packageFiles());
        files.put("IHE_XDM/SUBSET01/METADATA.XML", utf8(metadata.substring(0, end) + mask + metadata.substring(end)));
        return files;
    }

    public static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                // the same files make the same archive, whenever
                entry.setTimeLocal(LocalDateTime.of(2026, 11, 20, 10, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One MIME part with its header, in base64. */
    public static String part(String type, String name, byte[] content) {
        return "Content-Type: " + type + "; name=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n";
    }

    public static String multipart(String kind, String boundary, String... parts) {
        StringBuilder text =
                new StringBuilder("Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\r\n\r\n");
        for (String part : parts) {
            text.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return text.append("--").append(boundary).append("--\r\n").toString();
    }

    public static byte[] mail(String entity) {
        return mail("", entity);
    }

    /** A mail whose subject announces no document. */
    public static byte[] plainMail(String entity) {
        return utf8(new String(mail(entity), StandardCharsets.UTF_8)
                .replace("XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958", "Bonjour"));
    }

    /** @param more header lines, each ended by CRLF */
    public static byte[] mail(String more, String entity) {
        return utf8("From: labo.test@demo.mssante.fr\r\nTo: dr.test@demo.medecin.mssante.fr\r\n"
                + "Subject: XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958\r\nMessage-ID: <test-1@demo.mssante.fr>\r\n"
                + "X-MSS-INS: O\r\nMIME-Version: 1.0\r\n" + more + entity);
    }

    public static byte[] mailWithPackage() {
        return mailWithPackage(packageFiles());
    }

    public static byte[] mailWithPackage(Map<String, byte[]> files) {
        return mail(multipart(
                "mixed",
                "limit",
                "Content-Type: text/plain\r\n\r\nBonjour\r\n",
                part("application/zip", "IHE_XDM.zip", zip(files))));
    }
}
