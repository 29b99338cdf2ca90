package org.mssante.launcher.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mssante.core.trace.TraceEntry;
import org.mssante.launcher.CommandFailure;

/** A message as a file holds it. Its bytes go out unchanged but for the CRLF that SMTP wants at line ends. */
public final class VerbatimMail implements MailContent {
    private final byte[] bytes;
    private final Optional<String> messageId;

    private VerbatimMail(byte[] bytes, Optional<String> messageId) {
        this.bytes = bytes;
        this.messageId = messageId;
    }

    public static VerbatimMail read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(bytes), true);
            return new VerbatimMail(
                    bytes,
                    Optional.ofNullable(headers.getHeader("Message-ID", null)).map(TraceEntry::bareMessageId));
        } catch (IOException e) {
            throw new CommandFailure("The message file " + file + " cannot be read: correct its path.", e);
        } catch (MessagingException e) {
            throw new CommandFailure("The file " + file + " does not begin with the headers of a message.", e);
        }
    }

    @Override
    public Optional<String> messageId() {
        return messageId;
    }

    @Override
    public MimeMessage message(Session session) {
        return new MimeMessage(session) {
            /** The library's stream turns line ends into CRLF and doubles leading dots. */
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException {
                out.write(bytes);
            }
        };
    }
}
