package org.mssante.server.trace;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

/** What the trace says of a message: identifiers, envelope, size, hash; never content. */
public final class MailFacts {
    private static final int BUFFER = 16 * 1024;

    private MailFacts() {}

    /** Adds identifiers and envelope. */
    public static TraceEntry envelope(TraceEntry entry, Mail mail, Collection<MailAddress> recipients) {
        return entry.message(messageId(mail))
                .with(Field.MAIL_NAME, mail.getName())
                .with(Field.FROM, mail.getMaybeSender().asPrettyString())
                .with(
                        Field.TO,
                        recipients.stream().map(MailAddress::asString).sorted().collect(Collectors.joining(" ")));
    }

    /** Adds octets and SHA-256 of the message as it is. */
    public static TraceEntry content(TraceEntry entry, Mail mail) throws MessagingException {
        MessageDigest sha256 = sha256();
        long size = 0;
        try (InputStream in = new DigestInputStream(new MimeMessageInputStream(mail.getMessage()), sha256)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
            }
        } catch (IOException e) {
            throw new MessagingException("the message cannot be read", e);
        }
        return entry.with(Field.SIZE, size).with(Field.HASH, HexFormat.of().formatHex(sha256.digest()));
    }

    /** The Message-ID; the mail's own name where the message has none, so that it can be followed all the same. */
    public static String messageId(Mail mail) {
        try {
            return Optional.ofNullable(mail.getMessage().getMessageID())
                    .filter(id -> !id.isBlank())
                    .orElse(mail.getName());
        } catch (MessagingException e) {
            return mail.getName();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
