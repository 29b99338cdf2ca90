package org.mssante.dmp.xds.signature;

/** Why the signature of a submission is not accepted. */
public enum SignatureFault {
    /** It has not the form of one signature of this submission set: another structure, a DTD, too large, too weak. */
    FORM,
    /** What it signs was changed since, or its value is wrong. */
    VALUE,
    /** The certificate that signed is no signature certificate of a structure that is let in. */
    CERTIFICATE,
    /** Its manifest is not that of the submission's documents. */
    MANIFEST
}
