package org.mssante.annuaire.index;

/** Which entries below (and with) the base are looked at (RFC 4511 §4.5.1.2). */
public enum Scope {
    BASE,
    ONE_LEVEL,
    SUBTREE,
    /** Everything below the base without the base itself (draft-sermersheim-ldap-subordinate-scope). */
    SUBORDINATES;

    /** Whether it has the entry of a key, looked at from the base of a search. */
    boolean reaches(EntryKey base, EntryKey key) {
        return switch (this) {
            case BASE -> key.equals(base);
            case ONE_LEVEL -> key.isRightBelow(base);
            case SUBTREE -> key.equals(base) || key.isBelow(base);
            case SUBORDINATES -> key.isBelow(base);
        };
    }
}
