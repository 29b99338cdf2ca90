package org.mssante.dmp.bridge.receipt;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/**
 * The attachments of a mail as its sender wrote them, encoding and all: the parts with a file name, but for its signature.
 * What cannot be taken apart of a broken mail has no attachments of its own; the mail itself is in the receipt.
 */
final class OriginalAttachments extends AbstractContentHandler {
    private static final Pattern FILE_NAME =
            Pattern.compile("\\b(?:file)?name\\*?[0-9]*\\*?=", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SIGNATURES =
            Set.of("application/pkcs7-signature", "application/x-pkcs7-signature");

    private final int maxParts;
    private final int maxDepth;
    private final List<Part> found = new ArrayList<>();
    private ByteArrayOutputStream header = new ByteArrayOutputStream();
    private boolean attached;
    private int parts;
    private int depth;

    private OriginalAttachments(int maxParts, int maxDepth) {
        this.maxParts = maxParts;
        this.maxDepth = maxDepth;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Part(byte[] header, byte[] content) {}

    static List<MimeBodyPart> of(byte[] mail, int maxParts, int maxDepth) throws MessagingException {
        List<MimeBodyPart> parts = new ArrayList<>();
        for (Part part : read(mail, new OriginalAttachments(maxParts, maxDepth))) {
            parts.add(new AsWritten(new InternetHeaders(new ByteArrayInputStream(part.header())), part.content()));
        }
        return parts;
    }

    private static List<Part> read(byte[] mail, OriginalAttachments attachments) {
        MimeConfig config = MimeConfig.custom()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .setMaxContentLen(-1)
                .build();
        MimeStreamParser parser = new MimeStreamParser(config, DecodeMonitor.SILENT, null);
        parser.setNoRecurse();
        parser.setContentHandler(attachments);
        try {
            parser.parse(new ByteArrayInputStream(mail));
        } catch (MimeException | IOException e) {
            return List.of();
        }
        return attachments.found;
    }

    @Override
    public void startHeader() {
        header = new ByteArrayOutputStream();
        attached = false;
    }

    @Override
    public void field(Field field) {
        String name = field.getNameLowerCase();
        if (name.startsWith("content-")) {
            String body = field.getBody() == null ? "" : field.getBody();
            attached |= FILE_NAME.matcher(body).find();
            header.writeBytes(field.getSafeRaw().toByteArray());
            header.writeBytes(new byte[] {'\r', '\n'});
        }
    }

    @Override
    public void startMultipart(BodyDescriptor descriptor) throws MimeException {
        depth++;
        if (depth > maxDepth) {
            throw new MimeException("parts are nested deeper than " + maxDepth);
        }
    }

    @Override
    public void endMultipart() {
        depth--;
    }

    @Override
    public void body(BodyDescriptor descriptor, InputStream content) throws MimeException, IOException {
        parts++;
        if (parts > maxParts) {
            throw new MimeException("more than " + maxParts + " parts");
        }
        if (attached && !SIGNATURES.contains(descriptor.getMimeType().toLowerCase(Locale.ROOT))) {
            found.add(new Part(header.toByteArray(), content.readAllBytes()));
        }
    }

    /** A part whose header, right or wrong, is its sender's. */
    private static final class AsWritten extends MimeBodyPart {
        AsWritten(InternetHeaders headers, byte[] content) throws MessagingException {
            super(headers, content);
        }

        @Override
        protected void updateHeaders() {
            // nothing is added and nothing corrected
        }
    }
}
