package org.mssante.dmp.store.registry;

import org.mssante.core.outcome.Outcome;

/**
 * The errors the store answers with: those of IHE (ITI TF-3 table 4.2.4.1-2), and its own with the private prefix MSS,
 * so that nobody takes them for codes of the DMP.
 */
public enum XdsError {
    MISSING_DOCUMENT("XDSMissingDocument", Outcome.DMP_REFUSED),
    MISSING_DOCUMENT_METADATA("XDSMissingDocumentMetadata", Outcome.DMP_REFUSED),
    REPOSITORY_METADATA_ERROR("XDSRepositoryMetadataError", Outcome.DMP_REFUSED),
    DUPLICATE_IN_MESSAGE("XDSRepositoryDuplicateUniqueIdInMessage", Outcome.DMP_REFUSED),
    DUPLICATE_IN_REGISTRY("XDSDuplicateUniqueIdInRegistry", Outcome.DMP_REFUSED),
    NON_IDENTICAL_HASH("XDSNonIdenticalHash", Outcome.DOCUMENT_ID_REUSED),
    UNKNOWN_PATIENT("XDSUnknownPatientId", Outcome.DMP_ABSENT),
    PATIENT_DOES_NOT_MATCH("XDSPatientIdDoesNotMatch", Outcome.INS_MISMATCH),
    REPLACED_NOT_IN_FORCE("XDSRegistryDeprecatedDocumentError", Outcome.VERSION_OUTDATED),
    UNKNOWN_STORED_QUERY("XDSUnknownStoredQuery", Outcome.DMP_REFUSED),
    QUERY_PARAMETER_MISSING("XDSStoredQueryMissingParam", Outcome.DMP_REFUSED),
    QUERY_PARAMETER_WRONG("XDSStoredQueryParamNumber", Outcome.DMP_REFUSED),
    TOO_MANY_RESULTS("XDSTooManyResults", Outcome.DMP_REFUSED),
    UNKNOWN_REPOSITORY("XDSUnknownRepositoryId", Outcome.DMP_REFUSED),
    UNKNOWN_DOCUMENT("XDSDocumentUniqueIdError", Outcome.DMP_REFUSED),
    REPOSITORY_ERROR("XDSRepositoryError", Outcome.DMP_UNAVAILABLE),
    REGISTRY_ERROR("XDSRegistryError", Outcome.DMP_UNAVAILABLE),
    /** The patient's DMP is closed (CSP R1111-36). */
    DMP_CLOSED("MSSDmpClosed", Outcome.DMP_CLOSED),
    /** The patient opposed the feeding of the DMP (CSP R1111-47). */
    PATIENT_OPPOSED("MSSPatientOpposed", Outcome.PATIENT_OPPOSED),
    /** The patient has blocked the one who files. */
    ACCESS_DENIED("DMPAccessDeniedByRightsService", Outcome.AUTHOR_BLOCKED),
    /** The document is larger than the store accepts. */
    DOCUMENT_TOO_LARGE("MSSDocumentTooLarge", Outcome.DOCUMENT_TOO_LARGE),
    /** The store asks for signed submissions, and this one is not. */
    SIGNATURE_MISSING("MSSSignatureMissing", Outcome.SIGNATURE_REFUSED),
    /** The signature has not the form of one signature of this submission set. */
    SIGNATURE_MALFORMED("MSSSignatureMalformed", Outcome.SIGNATURE_REFUSED),
    /** What is signed was changed, or the value of the signature is wrong. */
    SIGNATURE_INVALID("MSSSignatureInvalid", Outcome.SIGNATURE_REFUSED),
    /** The certificate that signed is no signature certificate of a structure that is let in. */
    SIGNATURE_CERTIFICATE("MSSSignatureCertificate", Outcome.SIGNATURE_REFUSED),
    /** The signature is not that of the documents it came with. */
    SIGNATURE_MANIFEST("MSSSignatureManifest", Outcome.SIGNATURE_REFUSED);

    private final String code;
    private final Outcome outcome;

    XdsError(String code, Outcome outcome) {
        this.code = code;
        this.outcome = outcome;
    }

    public String code() {
        return code;
    }

    /** The outcome the trace shows. */
    public Outcome outcome() {
        return outcome;
    }
}
