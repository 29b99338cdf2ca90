package org.mssante.annuaire.office;

/** What can be done here. */
public enum Deed {
    LOOK("see the mailbox"),
    READ_HISTORY("see its history"),
    CREATE("create it"),
    CHANGE("change its properties"),
    GIVE_RIGHTS("say who may use it"),
    SUSPEND("suspend it"),
    CLOSE("close it"),
    REOPEN("open it again"),
    PURGE("purge it"),
    SET_PASSWORD("give it a new password"),
    SEE_CREDENTIALS("see by what its holder logs in"),
    WITHDRAW_APP_PASSWORD("remove an app password"),
    /** Make app passwords, set up the second factor or take it off. */
    CHANGE_CREDENTIALS("change by what its holder logs in"),
    /** Give a person a structure's mailboxes to administer, or take them. */
    DELEGATE("say who administers a structure's mailboxes"),
    /** The same for all mailboxes. */
    APPOINT("say who administers all mailboxes");

    private final String words;

    Deed(String words) {
        this.words = words;
    }

    /** What somebody may not do: "see its history". */
    String words() {
        return words;
    }
}
