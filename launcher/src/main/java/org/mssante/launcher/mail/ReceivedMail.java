package org.mssante.launcher.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A message as a mail client fetched it. */
public final class ReceivedMail {
    private final byte[] bytes;
    private final MimeMessage message;

    private ReceivedMail(byte[] bytes, MimeMessage message) {
        this.bytes = bytes;
        this.message = message;
    }

    /** The octets of a message. */
    public static ReceivedMail parse(byte[] bytes) throws MessagingException {
        Session session = Session.getInstance(new Properties());
        return new ReceivedMail(bytes, new MimeMessage(session, new ByteArrayInputStream(bytes)));
    }

    /** The whole message, octets as fetched. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public String subject() throws MessagingException {
        return Optional.ofNullable(message.getSubject()).orElse("");
    }

    /** The values of a header, unfolded, topmost first. */
    public List<String> header(String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null
                ? List.of()
                : Arrays.stream(values)
                        .map(value -> value.replaceAll("\\r?\\n", ""))
                        .toList();
    }

    /** Every part that is no container, at any depth, decoded. */
    public List<Attachment> parts() throws MessagingException, IOException {
        List<Attachment> found = new ArrayList<>();
        collect(message, found);
        return List.copyOf(found);
    }

    public Optional<Attachment> attachment(String name) throws MessagingException, IOException {
        return parts().stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static void collect(Part part, List<Attachment> found) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                collect(each, found);
            }
            return;
        }
        String name = Optional.ofNullable(part.getFileName()).orElse("");
        found.add(new Attachment(
                name, part.getContentType(), part.getInputStream().readAllBytes()));
    }
}
