package org.mssante.dmp.bridge.filing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.mssante.core.id.Oid;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.metadata.XdsTime;

/**
 * Makes submission sets in the name of this system (sourceId). The identifier of a set derives from the document, so a
 * submission that is sent again is the same submission.
 */
public record SubmissionSource(Oid sourceId) {
    private static final int DIGEST_HEX = 24;
    private static final int HEXADECIMAL = 16;
    private static final int MAX_OID = 64;

    /** @param submittedAt the same at every attempt */
    public SubmissionSet set(Assessment.Fileable document, Hash content, Instant submittedAt) {
        DocumentEntry entry = document.entry();
        return SubmissionSet.of(
                uniqueId(entry.uniqueId(), content),
                sourceId.value(),
                entry.patientId(),
                entry.authors().get(0),
                document.contentType(),
                XdsTime.of(submittedAt),
                entry.title().orElse(entry.uniqueId()));
    }

    private String uniqueId(String documentId, Hash content) {
        String digest = Hash.sha1((documentId + " " + content.hex()).getBytes(StandardCharsets.US_ASCII))
                .hex()
                .substring(0, DIGEST_HEX);
        String oid = sourceId + "." + new BigInteger(digest, HEXADECIMAL);
        return new Oid(oid.length() <= MAX_OID ? oid : oid.substring(0, MAX_OID)).value();
    }
}
