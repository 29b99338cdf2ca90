package org.mssante.server.auth;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * A log-in that was granted.
 *
 * @param person who acts: a person's own mailbox, or the mailbox of a software
 * @param mailbox what he acts for; his own, or one he is a member of
 * @param certificate what a software proved itself with; it may be revoked or expire while the session lives
 */
public record Login(MailAddress person, MailAddress mailbox, Optional<X509Certificate> certificate) {

    /** By password. */
    public Login(MailAddress person, MailAddress mailbox) {
        this(person, mailbox, Optional.empty());
    }

    static Login byCertificate(MailAddress software, X509Certificate certificate) {
        return new Login(software, software, Optional.of(certificate));
    }

    public boolean isForAnother() {
        return !person.equals(mailbox);
    }
}
