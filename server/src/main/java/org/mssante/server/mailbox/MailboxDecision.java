package org.mssante.server.mailbox;

import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.outcome.Outcome;

/** The answer to a question about one of our mailboxes. Immutable. */
public sealed interface MailboxDecision {

    /** The mailbox exists, is active, and may be used as asked. */
    record Accepted(Mailbox mailbox) implements MailboxDecision {}

    /**
     * It may not be used.
     *
     * @param detail in English, for the trace; never sent to the peer
     */
    record Refused(Outcome outcome, String detail) implements MailboxDecision {}

    /** The annuaire does not answer, and nothing is remembered of the mailbox. */
    record RetryLater(Outcome outcome, String detail) implements MailboxDecision {}
}
