package org.mssante.dmp.bridge.filing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
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
    private static final int DIGEST_OCTETS = 12;
    private static final int UUID_VERSION = 0x50;
    private static final int UUID_VARIANT = 0x80;

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
        byte[] digest = HexFormat.of()
                .parseHex(Hash.sha1((documentId + " " + content.hex()).getBytes(StandardCharsets.US_ASCII))
                        .hex());
        String oid = sourceId + "." + new BigInteger(1, Arrays.copyOf(digest, DIGEST_OCTETS));
        return Oid.isOid(oid) ? oid : uuid(digest).value();
    }

    /** An OID has 64 characters: where the number does not fit behind ours whole, it is one of a UUID (ITU-T X.667, RFC 4122 §4.3). */
    private static Oid uuid(byte[] digest) {
        ByteBuffer octets = ByteBuffer.wrap(digest.clone());
        octets.put(6, (byte) ((digest[6] & 0x0F) | UUID_VERSION));
        octets.put(8, (byte) ((digest[8] & 0x3F) | UUID_VARIANT));
        return Oid.of(new UUID(octets.getLong(0), octets.getLong(Long.BYTES)));
    }
}
