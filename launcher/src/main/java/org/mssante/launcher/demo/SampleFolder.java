package org.mssante.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.Attachment;

/**
 * A folder of sample documents: the content of an {@code IHE_XDM.zip}, unpacked, or a bare CDA document, and the PDF
 * that goes beside it. A report made of it has identifiers nobody has used, and metadata that agree with it, as if it
 * had just been written.
 */
final class SampleFolder {
    private static final String PACKAGE = "IHE_XDM.zip";
    private static final String SUBSET = "IHE_XDM/SUBSET01/";
    private static final String METADATA = SUBSET + "METADATA.XML";
    private static final String DOCUMENT = SUBSET + "DOC00001.XML";

    /** {@code <id root="…"/>} and {@code <setId root="…"/>} of the CDA header: the first of each. */
    private static final Pattern DOCUMENT_ID = Pattern.compile("<id root=\"([0-9.]+)\"/>");

    private static final Pattern SET_ID = Pattern.compile("<setId root=\"([0-9.]+)\"/>");

    /** XDSSubmissionSet.uniqueId (ITI TF-3 §4.2.3.3.12). */
    private static final Pattern SUBMISSION_ID = Pattern.compile(
            "identificationScheme=\"urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8\"[^>]*?value=\"([0-9.]+)\"");

    private static final Pattern SIZE = Pattern.compile("(Slot name=\"size\">\\s*<[^>]+>\\s*<[^>]+>)[0-9]+");

    private final Path folder;

    SampleFolder(Path folder) {
        this.folder = folder;
    }

    /** @param arc a number no other report has; it is appended to the identifiers of the sample */
    SampleReport report(long arc) {
        Map<String, byte[]> files = read();
        boolean packaged = files.containsKey(METADATA);
        String name = packaged ? DOCUMENT : bareDocument(files);
        byte[] original = file(files, name);
        byte[] document = freshDocument(original, name, arc);
        files.put(name, document);

        List<Attachment> attachments = new ArrayList<>();
        if (packaged) {
            files.put(METADATA, freshMetadata(files.get(METADATA), original, document, arc));
            attachments.add(new Attachment(PACKAGE, Attachment.contentType(PACKAGE), zip(files)));
        } else {
            attachments.add(new Attachment(name, Attachment.contentType(name), document));
        }
        files.forEach((each, bytes) -> {
            if (isPdf(each)) {
                attachments.add(new Attachment(each, Attachment.contentType(each), bytes));
            }
        });
        String id = first(DOCUMENT_ID, text(document), name);
        return new SampleReport(id, new Attachment(name, Attachment.contentType(name), document), attachments);
    }

    private byte[] freshDocument(byte[] original, String name, long arc) {
        String document = text(original);
        for (String old : List.of(first(DOCUMENT_ID, document, name), first(SET_ID, document, name))) {
            document = withArc(document, old, arc);
        }
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] freshMetadata(byte[] original, byte[] oldDocument, byte[] document, long arc) {
        String metadata = text(original);
        String documentId = first(DOCUMENT_ID, text(oldDocument), DOCUMENT);
        for (String old : List.of(documentId, first(SUBMISSION_ID, metadata, METADATA))) {
            metadata = withArc(metadata, old, arc);
        }
        metadata = metadata.replace(
                Hash.sha1(oldDocument).hex(), Hash.sha1(document).hex());
        return SIZE.matcher(metadata).replaceFirst("$1" + document.length).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, byte[]> read() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new CommandFailure("The sample documents in " + folder + " cannot be read: restore them.", e);
        }
        return files;
    }

    /** The package without the PDF, which travels beside it (CI-SIS volet Échange). */
    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (!isPdf(file.getKey())) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                    zip.closeEntry();
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("The sample package cannot be zipped (" + e.getMessage() + ").", e);
        }
        return bytes.toByteArray();
    }

    private static boolean isPdf(String name) {
        return name.endsWith(".pdf");
    }

    /** Every occurrence of the identifier as a whole, so that one which merely begins like it stays. */
    private static String withArc(String text, String identifier, long arc) {
        Pattern whole = Pattern.compile("(?<![0-9.])" + Pattern.quote(identifier) + "(?![0-9.])");
        return whole.matcher(text).replaceAll(Matcher.quoteReplacement(identifier + "." + arc));
    }

    private String bareDocument(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(".XML"))
                .findFirst()
                .orElseThrow(() -> lacks("a document"));
    }

    private byte[] file(Map<String, byte[]> files, String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow(() -> lacks(name));
    }

    private CommandFailure lacks(String what) {
        return new CommandFailure("The sample documents in " + folder + " lack " + what + ": restore them.");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String first(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new CommandFailure("The sample " + folder.resolve(name) + " lacks an identifier: restore it.");
        }
        return matcher.group(1);
    }
}
