package org.mssante.server.smime;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;

/** The mailboxes a certificate belongs to: the rfc822 names of its subjectAltName (RFC 8550 §3), nothing else. */
final class SubjectMailboxes {
    private static final int RFC822_NAME = 1;

    private SubjectMailboxes() {}

    static List<MailAddress> of(X509Certificate certificate) {
        List<MailAddress> mailboxes = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(RFC822_NAME)) {
                    address(name.get(1).toString()).ifPresent(mailboxes::add);
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return mailboxes;
    }

    /** Empty where it is no address of a mailbox of ours or a peer's. */
    static Optional<MailAddress> address(String text) {
        try {
            return Optional.of(MailAddress.parse(text));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
