package org.mssante.annuaire.api;

/** TRE_R257-TypeBAL. */
public enum MailboxType {
    /** One professional, named. */
    PER,
    /** A service or team of a structure, used by named members. */
    ORG,
    /** Business software of a structure; it logs in by certificate. */
    APP,
    /** A liberal practice, used by its responsible and his partners. */
    CAB
}
