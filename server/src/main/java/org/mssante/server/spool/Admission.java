package org.mssante.server.spool;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.james.core.MailAddress;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.delivery.Failure;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;

/**
 * Which of our mailboxes take a message at the moment of its delivery: whoever was told 250 may have been long ago, and reports and what
 * leaves quarantine were never asked for. Immutable.
 *
 * @param open the mailboxes that take it
 * @param closed those that are suspended, closed or purged: the sender is told
 * @param silent those of which the annuaire says nothing, or which it does not know: it never forgets one that it had, so
 *     that the message waits for its better memory
 */
record Admission(Map<MailAddress, Mailbox> open, Map<MailAddress, Failure> closed, Map<MailAddress, Failure> silent) {

    static Admission ask(Mailboxes mailboxes, Collection<MailAddress> recipients) {
        Map<MailAddress, Mailbox> open = new LinkedHashMap<>();
        Map<MailAddress, Failure> closed = new HashMap<>();
        Map<MailAddress, Failure> silent = new HashMap<>();
        for (MailAddress recipient : recipients) {
            MailboxDecision decision =
                    mailboxes.recipient(JamesNames.address(recipient).orElseThrow());
            if (decision instanceof MailboxDecision.Accepted accepted) {
                open.put(recipient, accepted.mailbox());
            } else if (decision instanceof MailboxDecision.RetryLater later) {
                silent.put(recipient, Failure.of(Failure.Kind.DEFERRED, later.outcome(), later.detail()));
            } else if (decision instanceof MailboxDecision.Refused refused) {
                boolean unknown = refused.outcome() == Outcome.MAILBOX_UNKNOWN;
                Failure.Kind kind = unknown ? Failure.Kind.DEFERRED : Failure.Kind.REFUSED;
                (unknown ? silent : closed).put(recipient, Failure.of(kind, refused.outcome(), refused.detail()));
            }
        }
        return new Admission(open, closed, silent);
    }
}
