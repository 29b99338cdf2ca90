package org.mssante.server.storage.mailbox;

import java.util.Optional;
import org.apache.james.mailbox.MailboxSession;

/**
 * For whom messages are read and marked. Who has logged in for himself, or for nobody, sees and sets the \Seen that stands
 * with the message. A person who has logged in for a shared mailbox sees and sets his own: that one member of a practice has
 * read a letter does not mean that another has.
 *
 * @param person empty: the mailbox itself
 */
record Reader(Optional<String> person) {
    static final Reader OWNER = new Reader(Optional.empty());

    static Reader of(MailboxSession session) {
        return new Reader(session.getLoggedInUser()
                .filter(person -> !person.equals(session.getUser()))
                .map(person -> person.asString()));
    }
}
