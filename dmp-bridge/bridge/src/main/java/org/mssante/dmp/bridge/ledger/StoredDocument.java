package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mssante.dmp.bridge.extract.DocumentBytes;
import org.mssante.dmp.cda.SenderMetadata;

/**
 * A document to be filed, as the ledger holds it.
 *
 * @param setId what counts as its set, whether the document names one or not
 * @param triedSince when it was found, or started again by an operator
 * @param attempts made before
 * @param failures attempts that a defect of ours ended, or the end of the process
 * @param mayBeFiled true where an earlier attempt came as far as the DMP, or may have: its answer may have been lost
 * @param gaveWaySince when it first let another document of its line go first, in the attempt it is at
 * @param recipients of the mail
 * @param released true where a person said that it is to be filed
 */
public record StoredDocument(
        long id,
        long message,
        String messageId,
        Instant receivedAt,
        String source,
        String documentId,
        DocumentBytes bytes,
        SenderMetadata metadata,
        String setId,
        OptionalLong version,
        Instant triedSince,
        int attempts,
        int failures,
        boolean mayBeFiled,
        Optional<Instant> gaveWaySince,
        List<String> recipients,
        boolean released) {
    public StoredDocument {
        recipients = List.copyOf(recipients);
    }
}
