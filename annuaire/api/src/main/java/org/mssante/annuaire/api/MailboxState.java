package org.mssante.annuaire.api;

/** The life of a mailbox. Only an active one receives mail and lets people in; an address is never given again. */
public enum MailboxState {
    ACTIVE,
    SUSPENDED,
    CLOSED,
    PURGED
}
