package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.mssante.dmp.bridge.extract.DocumentBytes;
import org.mssante.dmp.cda.SenderMetadata;

/** A document to be filed, as the ledger holds it. */
public record StoredDocument(
        long id,
        long message,
        String messageId,
        Instant receivedAt,
        String source,
        String documentId,
        DocumentBytes bytes,
        SenderMetadata metadata,
        Optional<String> setId,
        OptionalInt version,
        int attempts) {}
