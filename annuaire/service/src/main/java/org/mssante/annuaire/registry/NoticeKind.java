package org.mssante.annuaire.registry;

/** What people are told about a mailbox. */
public enum NoticeKind {
    /** The register speaks against it. */
    FLAGGED,
    /** It was suspended for that. */
    SUSPENDED,
    /** The register speaks for it again. */
    CLEARED
}
