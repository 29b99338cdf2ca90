package org.mssante.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.mail.MessagingException;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;

/** The octets of a queued message, whose failures cannot be taken for the peer's. Not thread-safe. */
final class OwnMessage implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final InputStream octets;

    private OwnMessage(InputStream octets) {
        this.octets = octets;
    }

    static OwnMessage open(Mail mail) throws UnreadableContent {
        try {
            return new OwnMessage(new MimeMessageInputStream(mail.getMessage()));
        } catch (MessagingException | UncheckedIOException e) {
            throw new UnreadableContent(e);
        }
    }

    /** Whether it holds octets outside US-ASCII, in a header or a body. */
    static boolean isEightBit(Mail mail) throws UnreadableContent {
        byte[] buffer = new byte[BUFFER];
        try (OwnMessage message = open(mail)) {
            for (int octets = message.read(buffer); octets >= 0; octets = message.read(buffer)) {
                for (int i = 0; i < octets; i++) {
                    if (buffer[i] < 0) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** @return how many octets were read into the buffer; -1 at the end of the message */
    int read(byte[] buffer) throws UnreadableContent {
        try {
            return octets.read(buffer);
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableContent(e);
        }
    }

    @Override
    public void close() throws UnreadableContent {
        try {
            octets.close();
        } catch (IOException e) {
            throw new UnreadableContent(e);
        }
    }
}
