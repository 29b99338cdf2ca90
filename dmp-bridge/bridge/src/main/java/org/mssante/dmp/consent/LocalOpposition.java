package org.mssante.dmp.consent;

/** What the register kept here says about feeding a patient's DMP (ZFA-9 of PAM.FR 2.11.1). */
public enum LocalOpposition {
    /** Informé, opposé. */
    IO,
    /** Informé, non opposé. */
    INO,
    /** Non recueilli. */
    NA,
    /** The register has no entry for the patient. */
    NONE,
    /** The register cannot be read. */
    UNAVAILABLE
}
