package org.mssante.dmp.xds.metadata;

import java.util.List;
import java.util.Optional;

/**
 * One submission (ITI TF-3 §4.2.3.3): who sends which documents of one patient, when.
 *
 * @param id the id of the registry object: symbolic in a submission, a UUID in an answer
 * @param uniqueId the OID of the submission
 * @param sourceId the OID of the system that sends
 * @param patientId the patient's INS, {@code INS^^^&OID&ISO^NH}
 * @param contentTypeCode what care led to it (JDV_J59)
 * @param submissionTime UTC
 * @param intendedRecipients as written
 */
public record SubmissionSet(
        String id,
        String uniqueId,
        String sourceId,
        Cx patientId,
        List<Author> authors,
        Optional<Code> contentTypeCode,
        Optional<XdsTime> submissionTime,
        Optional<String> title,
        Optional<String> comments,
        List<String> intendedRecipients) {
    /** The id of the submission set in a submission. */
    public static final String FIRST_ID = "SubmissionSet01";

    public SubmissionSet {
        authors = List.copyOf(authors);
        intendedRecipients = List.copyOf(intendedRecipients);
        if (id.isBlank() || uniqueId.isBlank() || sourceId.isBlank()) {
            throw new InvalidMetadataException("a submission set has an id, a uniqueId and a sourceId");
        }
    }

    /** A submission as this project sends it: without comments and recipients. */
    public static SubmissionSet of(
            String uniqueId,
            String sourceId,
            Cx patientId,
            Author author,
            Code contentTypeCode,
            XdsTime submissionTime,
            String title) {
        return new SubmissionSet(
                FIRST_ID,
                uniqueId,
                sourceId,
                patientId,
                List.of(author),
                Optional.of(contentTypeCode),
                Optional.of(submissionTime),
                Optional.of(title),
                Optional.empty(),
                List.of());
    }

    /** Shows what identifies the submission, never the patient. */
    @Override
    public String toString() {
        return "SubmissionSet[" + uniqueId + "]";
    }
}
