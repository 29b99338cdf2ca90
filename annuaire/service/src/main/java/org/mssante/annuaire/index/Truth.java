package org.mssante.annuaire.index;

/** The three truth values of LDAP filters (RFC 4511 §4.5.1.7). Only an entry for which a filter is TRUE is returned. */
public enum Truth {
    TRUE,
    FALSE,
    UNDEFINED;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth negated() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNDEFINED -> UNDEFINED;
        };
    }
}
