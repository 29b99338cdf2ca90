package org.mssante.server.auth;

import org.mssante.core.id.MailAddress;

/**
 * A log-in that was granted.
 *
 * @param person who acts: a person's own mailbox, or the mailbox of a software
 * @param mailbox what he acts for; his own, or one he is a member of
 */
public record Login(MailAddress person, MailAddress mailbox) {

    static Login own(MailAddress person) {
        return new Login(person, person);
    }

    public boolean isForAnother() {
        return !person.equals(mailbox);
    }
}
