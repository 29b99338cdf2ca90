package org.mssante.dmp.xds.td02;

/** The state of a patient's DMP. */
public enum DmpState {
    /** The patient has none. */
    ABSENT,
    /** It may be fed. */
    ACTIVE,
    /** It was closed and is kept in the archive (CSP R1111-36). */
    CLOSED,
    /** The patient opposed the feeding of it. */
    OPPOSED,
    /** The patient has blocked the one who asks: authorisation INTERDIT. */
    BLOCKED
}
