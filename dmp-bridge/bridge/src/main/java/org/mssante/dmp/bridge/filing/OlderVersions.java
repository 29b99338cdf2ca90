package org.mssante.dmp.bridge.filing;

/**
 * What becomes of a version that is older than one already filed of its set (CI-SIS structuration minimale, receiving
 * algorithm: it is registered, and overwrites nothing). The same version is refused in any case.
 */
public enum OlderVersions {
    /** Filed beside the newer one, which stays in force. */
    FILE,
    /** Refused as outdated. */
    REFUSE
}
