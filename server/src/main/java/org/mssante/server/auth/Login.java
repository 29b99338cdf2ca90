package org.mssante.server.auth;

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
 * @param means what let him in, and may do so no longer
 */
public record Login(
        MailAddress person, MailAddress mailbox, MailboxType type, Optional<Language> language, Means means) {

    Login(MailAddress person, Mailbox mailbox, Means means) {
        this(person, mailbox.address(), mailbox.type(), mailbox.language(), means);
    }

    public boolean isForAnother() {
        return !person.equals(mailbox);
    }
}
