package org.mssante.dmp.bridge.extract;

/** A difference between a document and what the package's metadata or the mail's header say of it, or a part that is not looked into; {@code package-rules.csv} says what it means. */
enum PackageFinding {
    HASH_LINE_ENDS("the hash holds once line ends are rewritten"),
    HASH_OTHER_ALGORITHM("the hash is not a SHA-1, and it holds"),
    HASH_ABSENT("the metadata give no usable hash"),
    HASH_MISMATCH("the hash is not the one the metadata announce"),
    SIZE_MISMATCH("the size is not the one the metadata announce"),
    DOCUMENT_MISSING("the metadata announce a document that is not there"),
    UNANNOUNCED_CDA("the package holds a CDA document which its metadata do not announce"),
    PATIENT_DIFFERS("the patient of the metadata is not the patient of the document"),
    TWO_PATIENTS("the submission set is about two patients"),
    PATIENT_NOT_COMPARABLE("the metadata identify the patient by another authority than the document"),
    UNIQUE_ID_DIFFERS("the metadata give the document another identifier"),
    TYPE_DIFFERS("the metadata give the document another type"),
    URI_DIFFERS("the metadata name a file that is not there; the document was found by its hash"),
    STATUS_NOT_APPROVED("the metadata say that the document is replaced, archived or deleted"),
    REPLACEMENT_NOT_IN_DOCUMENT("the metadata say that the document replaces another, and the document names none"),
    MASK_UNKNOWN("the metadata hide the document by a code that is none of TRE_A07's three, nor a confidentiality"),
    SUBJECT_DIFFERS("the subject of the mail names another patient than the document"),
    SUBJECT_DOUBTFUL("the subject of the mail and the document agree on the patient's name or date of birth only"),
    INS_NOT_QUALIFIED("the mail says that the patient's INS is not qualified"),
    INS_QUALIFICATION_UNSTATED("the mail does not say whether the patient's INS is qualified"),
    ARCHIVE_UNREADABLE("an archive that cannot be read"),
    ARCHIVE_OF_OTHER_KIND("an archive of another kind than zip, which is not opened"),
    CONTENT_ENCRYPTED("encrypted content, which only its recipient can read");

    private final String words;

    PackageFinding(String words) {
        this.words = words;
    }

    /** In English, for the trace. */
    String words() {
        return words;
    }
}
