package org.mssante.dmp.xds.signature;

/** What is to be said of the signature of a submission. */
public sealed interface SignatureVerdict {
    /** There is none. */
    record Unsigned() implements SignatureVerdict {}

    /** It signs the submission set and each of its documents. */
    record Accepted() implements SignatureVerdict {}

    /** @param why one English sentence that quotes nothing of the signature */
    record Refused(SignatureFault fault, String why) implements SignatureVerdict {}
}
