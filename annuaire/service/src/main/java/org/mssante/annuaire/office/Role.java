package org.mssante.annuaire.office;

import java.util.Locale;

/** What somebody is to a mailbox. The first one that allows a deed is named in the history. */
public enum Role {
    /** The operator at his machine, over the control socket. */
    MACHINE("operator"),
    /** A person who administers all mailboxes over the network. */
    OPERATOR,
    /** A person who administers those of a structure. */
    ADMINISTRATOR,
    /** A member with the right MANAGE. */
    MANAGER,
    /** It is his own mailbox. */
    HOLDER;

    private final String word;

    Role() {
        this.word = name().toLowerCase(Locale.ROOT);
    }

    Role(String word) {
        this.word = word;
    }

    /** As the history names it. */
    public String word() {
        return word;
    }
}
