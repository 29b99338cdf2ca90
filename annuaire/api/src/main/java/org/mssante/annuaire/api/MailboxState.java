package org.mssante.annuaire.api;

/**
 * The life of a mailbox (mssante.md §5.5). Only an active one receives mail and lets people in; an address is never given
 * again.
 */
public enum MailboxState {
    ACTIVE,
    /** Refuses mail and log-in for a while. */
    SUSPENDED,
    /** Given up, and can still be taken up again. */
    CLOSED,
    /** Gone for ever; only its address and whose it was are remembered. */
    PURGED;

    /** Whether one step leads there; a state may always stay. Only a closed mailbox is purged, and nothing comes after. */
    public boolean mayBecome(MailboxState next) {
        return switch (next) {
            case ACTIVE, SUSPENDED, CLOSED -> this != PURGED;
            case PURGED -> this == CLOSED || this == PURGED;
        };
    }
}
