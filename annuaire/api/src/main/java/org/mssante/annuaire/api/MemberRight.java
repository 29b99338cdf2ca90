package org.mssante.annuaire.api;

/** What a member may do in an organisational or practice mailbox. */
public enum MemberRight {
    READ,
    WRITE,
    SEND,
    MANAGE
}
