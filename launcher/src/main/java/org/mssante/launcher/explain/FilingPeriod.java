package org.mssante.launcher.explain;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;

/**
 * The time in which one message's document was being filed. The DMP knows documents, not messages, and the same document
 * may come in several of them: what the store wrote belongs to a message only inside this time and for these octets.
 *
 * @param hash of the document's octets
 * @param until empty while the document has not ended
 */
record FilingPeriod(String documentId, Optional<String> hash, OffsetDateTime from, Optional<OffsetDateTime> until) {

    /** One for each document that was taken out of a message; none for what was refused before it came to filing. */
    static List<FilingPeriod> of(List<TraceLine> message) {
        return message.stream()
                .filter(line -> line.event().equals(Event.DOCUMENT_EXTRACTED.name()))
                .flatMap(line -> line.get(Field.DOCUMENT_ID).stream()
                        .map(document ->
                                new FilingPeriod(document, line.get(Field.HASH), line.time(), end(message, document))))
                .toList();
    }

    /** Whether a line is the last word on a document. */
    static boolean isEnd(TraceLine line) {
        return line.event().equals(Event.DOCUMENT_FILED.name()) || line.event().equals(Event.DOCUMENT_REFUSED.name());
    }

    /** Whether a line of the store is about this filing. */
    boolean covers(TraceLine line) {
        return line.get(Field.MESSAGE_ID).isEmpty()
                && line.get(Field.DOCUMENT_ID).filter(documentId::equals).isPresent()
                && (hash.isEmpty()
                        || line.get(Field.HASH).isEmpty()
                        || line.get(Field.HASH).equals(hash))
                && !line.time().isBefore(from)
                && until.filter(line.time()::isAfter).isEmpty();
    }

    private static Optional<OffsetDateTime> end(List<TraceLine> message, String document) {
        return message.stream()
                .filter(line -> isEnd(line)
                        && line.get(Field.DOCUMENT_ID).filter(document::equals).isPresent())
                .map(TraceLine::time)
                .max(OffsetDateTime::compareTo);
    }
}
