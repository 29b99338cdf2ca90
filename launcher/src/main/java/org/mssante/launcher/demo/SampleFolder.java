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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.Attachment;

/**
 * A folder of sample documents: the content of an {@code IHE_XDM.zip}, unpacked, and the PDF that goes beside it. A
 * report made of it has identifiers nobody has used, and metadata that agree with it, as if it had just been written.
 */
final class SampleFolder {
    private static final String SUBSET = "IHE_XDM/SUBSET01/";
    private static final String METADATA = SUBSET + "METADATA.XML";
    private static final String DOCUMENT = SUBSET + "DOC00001.XML";

    /** {@code <id root="…"/>} and {@code <setId root="…"/>} of the CDA header: the first of each. */
    private static final Pattern DOCUMENT_ID = Pattern.compile("<id root=\"([0-9.]+)\"/>");

    private static final Pattern SET_ID = Pattern.compile("<setId root=\"([0-9.]+)\"/>");

    /** XDSSubmissionSet.uniqueId (ITI TF-3 §4.2.3.3.12). */
    private static final Pattern SUBMISSION_ID = Pattern.compile(
            "identificationScheme=\"urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8\"[^>]*?value=\"([0-9.]+)\"");

    private static final Pattern SIZE = Pattern.compile("(<Slot name=\"size\">\\s*<ValueList>\\s*<Value>)[0-9]+");

    private final Path folder;

    SampleFolder(Path folder) {
        this.folder = folder;
    }

    /** @param arc a number no other report has; it is appended to the identifiers of the sample */
    SampleReport report(long arc) {
        Map<String, byte[]> files = read();
        String document = text(files, DOCUMENT);
        String metadata = text(files, METADATA);
        String oldHash = Hash.sha1(files.get(DOCUMENT)).hex();
        String id = first(DOCUMENT_ID, document, DOCUMENT);

        for (String old : List.of(id, first(SET_ID, document, DOCUMENT), first(SUBMISSION_ID, metadata, METADATA))) {
            document = withArc(document, old, arc);
            metadata = withArc(metadata, old, arc);
        }
        byte[] newDocument = document.getBytes(StandardCharsets.UTF_8);
        metadata = metadata.replace(oldHash, Hash.sha1(newDocument).hex());
        metadata = SIZE.matcher(metadata).replaceFirst("$1" + newDocument.length);
        files.put(DOCUMENT, newDocument);
        files.put(METADATA, metadata.getBytes(StandardCharsets.UTF_8));

        List<Attachment> attachments = new ArrayList<>();
        attachments.add(new Attachment("IHE_XDM.zip", Attachment.contentType("IHE_XDM.zip"), zip(files)));
        files.forEach((name, bytes) -> {
            if (isPdf(name)) {
                attachments.add(new Attachment(name, Attachment.contentType(name), bytes));
            }
        });
        return new SampleReport(
                id + "." + arc, new Attachment(DOCUMENT, Attachment.contentType(DOCUMENT), newDocument), attachments);
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

    private String text(Map<String, byte[]> files, String name) {
        if (!files.containsKey(name)) {
            throw new CommandFailure("The sample documents in " + folder + " lack " + name + ": restore them.");
        }
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private String first(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new CommandFailure("The sample " + folder.resolve(name) + " lacks an identifier: restore it.");
        }
        return matcher.group(1);
    }
}
