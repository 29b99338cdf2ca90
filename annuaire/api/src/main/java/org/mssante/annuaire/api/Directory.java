package org.mssante.annuaire.api;

import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

/** What the mail server and the bridge ask the annuaire. Thread-safe; no method throws for an absent directory. */
public interface Directory {
    /** One of our own mailboxes, in whatever state. */
    Lookup<Mailbox> mailbox(MailAddress address);

    /** Our own mailboxes that log in with this certificate subject (RFC 2253 form, compared as an LDAP name). */
    Lookup<List<Mailbox>> mailboxesOfCertificate(String subject);

    /** Our own mailboxes held by this professional: his own, and those of practices he is responsible for; in whatever state. */
    Lookup<List<Mailbox>> mailboxesOfHolder(Rpps holder);

    /** Log-in of a person: binds as the mailbox's entry. Only PER mailboxes have a password. */
    PasswordVerdict checkPassword(MailAddress person, String password);

    Lookup<Professional> professional(Rpps rpps);
}
