package org.mssante.dmp.consent;

/** What is known of the structures the authors of a document acted for. */
public enum StructureStanding {
    /** At least one is a structure of the annuaire. */
    KNOWN,
    /** None is a structure of the annuaire, and that refuses the document. */
    UNLISTED,
    /** None is a structure of the annuaire, which is only noted. */
    NOTED,
    /** None is named by a national identifier that a register gives, and that refuses the document. */
    WITHOUT_STRUCTURE,
    /** None is named by a national identifier that a register gives, which is only noted. */
    NOTED_WITHOUT_STRUCTURE,
    /** Nobody is to be asked, or the annuaire that would only be noted does not answer. */
    UNCHECKED,
    /** The annuaire does not answer. */
    UNAVAILABLE
}
