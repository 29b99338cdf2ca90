package org.mssante.server.auth;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/**
 * A log-in that was granted.
 *
 * @param person who acts: a person's own mailbox, or the mailbox a software has opened by its certificate
 * @param mailbox what he acts for; his own, or one he is a member of
 * @param type of that mailbox; it never changes
 * @param language of that mailbox, where it says one
 * @param certificate what a software proved itself with; it may be revoked or expire while the session lives
 * @param until when the log-in ends, however long the session lives: an access token is no key for days
 * @param passwords what the person's passwords stood at when one of them let him in; a later withdrawal ends the log-in
 */
public record Login(
        MailAddress person,
        MailAddress mailbox,
        MailboxType type,
        Optional<Language> language,
        Optional<X509Certificate> certificate,
        Optional<Instant> until,
        Optional<Long> passwords) {

    /** By whatever lasts as long as the session. */
    public Login(MailAddress person, Mailbox mailbox) {
        this(
                person,
                mailbox.address(),
                mailbox.type(),
                mailbox.language(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Login byCertificate(Mailbox software, X509Certificate certificate) {
        return new Login(
                software.address(),
                software.address(),
                software.type(),
                software.language(),
                Optional.of(certificate),
                Optional.empty(),
                Optional.empty());
    }

    Login until(Instant end) {
        return new Login(person, mailbox, type, language, certificate, Optional.of(end), passwords);
    }

    Login byPassword(long credentialsVersion) {
        return new Login(person, mailbox, type, language, certificate, until, Optional.of(credentialsVersion));
    }

    public boolean isForAnother() {
        return !person.equals(mailbox);
    }
}
