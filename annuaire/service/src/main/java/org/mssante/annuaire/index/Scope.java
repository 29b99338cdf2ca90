package org.mssante.annuaire.index;

/** Which entries below (and with) the base are looked at (RFC 4511 §4.5.1.2). */
public enum Scope {
    BASE,
    ONE_LEVEL,
    SUBTREE,
    /** Everything below the base without the base itself (draft-sermersheim-ldap-subordinate-scope). */
    SUBORDINATES
}
