package org.mssante.annuaire.registry;

/** What the register says against a mailbox (mssante.md §5.5). */
public enum FlagMotive {
    /** The holder of a PER or CAB mailbox is not in the register. */
    HOLDER_LEFT("its holder is not in the register", "son titulaire ne figure plus au répertoire national"),
    /** The holder is in the register without any activity. */
    HOLDER_INACTIVE(
            "its holder has no activity in the register",
            "son titulaire n'a plus d'activité déclarée au répertoire national"),
    /** The structure of an ORG or APP mailbox was in the register and is not any more. */
    STRUCTURE_LEFT(
            "its structure is not in the register any more", "sa structure ne figure plus au répertoire national");

    private final String english;
    private final String french;

    FlagMotive(String english, String french) {
        this.english = english;
        this.french = french;
    }

    /** What is the matter, said of the mailbox. */
    public String english() {
        return english;
    }

    public String french() {
        return french;
    }
}
