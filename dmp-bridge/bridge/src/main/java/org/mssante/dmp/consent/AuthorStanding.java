package org.mssante.dmp.consent;

/** What is known of the professionals who made a document. */
public enum AuthorStanding {
    /** The patient has blocked one of them. */
    BLOCKED,
    /** At least one is an active professional of the annuaire. */
    ACTIVE,
    /** None is an active professional of the annuaire, and that refuses the document. */
    UNLISTED,
    /** None is an active professional of the annuaire, which is only noted. */
    NOTED,
    /** None has an RPPS number to ask for (a system, a patient, an older register), and that refuses the document. */
    WITHOUT_RPPS,
    /** None has an RPPS number to ask for, which is only noted. */
    NOTED_WITHOUT_RPPS,
    /** Nobody is to be asked, or the annuaire that would only be noted does not answer. */
    UNCHECKED,
    /** The annuaire does not answer. */
    UNAVAILABLE
}
