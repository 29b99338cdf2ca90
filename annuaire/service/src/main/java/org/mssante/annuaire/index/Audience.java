package org.mssante.annuaire.index;

/** Who may read something. Services read all that professionals read, and more. */
public enum Audience {
    PROFESSIONALS,
    SERVICES;

    /** True where a reader of this kind may read what is meant for that audience. */
    public boolean mayRead(Audience meantFor) {
        return meantFor == PROFESSIONALS || this == SERVICES;
    }
}
