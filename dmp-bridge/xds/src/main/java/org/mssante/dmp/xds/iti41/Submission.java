package org.mssante.dmp.xds.iti41;

import java.util.Optional;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/**
 * One document to file.
 *
 * @param replaces the entryUUID of the version this one replaces (association RPLC)
 */
public record Submission(
        SubmissionSet submissionSet, DocumentEntry entry, DocumentContent content, Optional<String> replaces) {

    /** A new document. */
    public static Submission of(SubmissionSet submissionSet, DocumentEntry entry, DocumentContent content) {
        return new Submission(submissionSet, entry, content, Optional.empty());
    }

    public Submission replacing(String entryUuid) {
        return new Submission(submissionSet, entry, content, Optional.of(entryUuid));
    }
}
