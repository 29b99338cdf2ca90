package org.mssante.dmp.xds.ebxml;

/** The slots of XDS metadata (ITI TF-3 §4.2.3). */
final class SlotName {
    static final String CREATION_TIME = "creationTime";
    static final String SERVICE_START_TIME = "serviceStartTime";
    static final String SERVICE_STOP_TIME = "serviceStopTime";
    static final String LANGUAGE_CODE = "languageCode";
    static final String LEGAL_AUTHENTICATOR = "legalAuthenticator";
    static final String SOURCE_PATIENT_ID = "sourcePatientId";
    static final String SOURCE_PATIENT_INFO = "sourcePatientInfo";
    static final String HASH = "hash";
    static final String SIZE = "size";
    static final String URI = "URI";
    static final String REPOSITORY_UNIQUE_ID = "repositoryUniqueId";
    static final String REFERENCE_ID_LIST = "urn:ihe:iti:xds:2013:referenceIdList";
    static final String SUBMISSION_TIME = "submissionTime";
    static final String INTENDED_RECIPIENT = "intendedRecipient";
    static final String SUBMISSION_SET_STATUS = "SubmissionSetStatus";
    static final String AUTHOR_PERSON = "authorPerson";
    static final String AUTHOR_INSTITUTION = "authorInstitution";
    static final String AUTHOR_ROLE = "authorRole";
    static final String AUTHOR_SPECIALTY = "authorSpecialty";
    static final String CODING_SCHEME = "codingScheme";

    private SlotName() {}
}
