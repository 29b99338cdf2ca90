package org.mssante.server.smime;

import java.io.IOException;
import java.io.OutputStream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** Signs messages with one mailbox's key. Thread-safe. */
@FunctionalInterface
public interface MessageSigner {

    /**
     * Writes the message as {@code multipart/signed} (RFC 8551 §3.5.3). Every header but the {@code Content-*} ones
     * stays as it is and where it is; the body is signed byte for byte in its canonical form, a part that is not 7bit
     * being transfer-encoded first. Uses constant memory.
     *
     * @throws MessagingException where the message's structure is not readable or the key cannot sign
     */
    void sign(MimeMessage message, OutputStream out) throws IOException, MessagingException;
}
