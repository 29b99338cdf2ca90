package org.mssante.dmp.bridge.receipt;

/** How much of the original a receipt gives back: as much as the mail server will take. */
enum Quotation {
    /** The whole original, and its attachments beside it. */
    ATTACHMENTS(""),
    /** The whole original. */
    ORIGINAL("Les pièces jointes se trouvent dans le message d'origine, joint à ce compte rendu.\n"),
    /** The header of the original. */
    HEADER("Le message d'origine est trop volumineux pour être renvoyé : seul son en-tête est joint.\n");

    private final String french;

    Quotation(String french) {
        this.french = french;
    }

    /** What the reader is told; empty where nothing is missing. */
    String french() {
        return french;
    }
}
