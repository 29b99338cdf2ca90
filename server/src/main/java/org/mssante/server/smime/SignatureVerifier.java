package org.mssante.server.smime;

import java.io.IOException;
import java.time.Instant;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** Checks the signature of messages as they arrive. Thread-safe. */
@FunctionalInterface
public interface SignatureVerifier {

    /**
     * Checks the outermost signature of a message: the CMS signature over the very bytes of the message, the signer's
     * path to the configured authorities, validity and revocation at {@code receivedAt}, and that the certificate
     * belongs to the address in From.
     *
     * @throws IOException where the message cannot be read from where it is stored
     * @throws MessagingException where its headers cannot be read
     */
    SignatureVerdict verify(MimeMessage message, Instant receivedAt) throws IOException, MessagingException;
}
