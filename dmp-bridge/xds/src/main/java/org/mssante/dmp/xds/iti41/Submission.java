package org.mssante.dmp.xds.iti41;

import java.util.Optional;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/**
 * One document to file.
 *
 * @param replaces the entryUUID of the version this one replaces (association RPLC)
 * @param signature of the submission (association signs)
 */
public record Submission(
        SubmissionSet submissionSet,
        DocumentEntry entry,
        DocumentContent content,
        Optional<String> replaces,
        Optional<SignatureDocument> signature) {

    /** A new document. */
    public static Submission of(SubmissionSet submissionSet, DocumentEntry entry, DocumentContent content) {
        return new Submission(submissionSet, entry, content, Optional.empty(), Optional.empty());
    }

    public Submission replacing(String entryUuid) {
        return new Submission(submissionSet, entry, content, Optional.of(entryUuid), signature);
    }

    public Submission signed(SignatureDocument by) {
        return new Submission(submissionSet, entry, content, replaces, Optional.of(by));
    }
}
