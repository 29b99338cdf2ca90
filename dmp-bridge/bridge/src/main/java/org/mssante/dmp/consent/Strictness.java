package org.mssante.dmp.consent;

/** What it means that authors are not what is asked of them. */
public enum Strictness {
    /** Nobody is asked. */
    OFF,
    /** It is recorded, and an annuaire that is away holds nothing up. */
    NOTE,
    /** The document is refused; while the annuaire is away it waits. */
    REFUSE
}
