package org.mssante.dmp.store.http;

/** What the store makes of the VIHF of a request. */
public enum VihfPolicy {
    /** Nothing. */
    OFF,
    /** One that is there has to be right. */
    PRESENT,
    /** Each request has a right one. */
    REQUIRED
}
