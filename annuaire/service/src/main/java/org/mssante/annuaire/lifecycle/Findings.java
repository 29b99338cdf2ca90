package org.mssante.annuaire.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

/**
 * What an operator should look at in our mailboxes beside the register.
 *
 * @param duplicates holders with several PER mailboxes of ours
 * @param stale addresses the register publishes otherwise than we would
 * @param unpublished listed mailboxes of ours that the register does not publish; empty where it publishes none at all
 */
public record Findings(
        List<Orphan> orphans, List<Duplicate> duplicates, List<Stale> stale, List<MailAddress> unpublished) {
    public Findings {
        orphans = List.copyOf(orphans);
        duplicates = List.copyOf(duplicates);
        stale = List.copyOf(stale);
        unpublished = List.copyOf(unpublished);
    }

    /**
     * A flagged mailbox.
     *
     * @param suspension when the policy suspends it; empty where it only warns or where it is not active any more
     */
    public record Orphan(RegisterFlag flag, MailboxState state, Optional<Instant> suspension) {}

    /** Several PER mailboxes with one holder, none of them closed. */
    public record Duplicate(Rpps holder, List<MailAddress> addresses) {
        public Duplicate {
            addresses = List.copyOf(addresses);
        }
    }

    /** @param why an English sentence without its end */
    public record Stale(MailAddress address, String why) {}
}
