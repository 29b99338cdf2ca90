package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.cda.Assessment;

/** Lets the documents that replace each other have their turn one after the other, before anybody is asked about them. */
final class FilingLine {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** How long a replacement lets the document it replaces go first, at most. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DocumentLedger ledger;
    private final FilingLocks locks;
    private final Clock clock;

    FilingLine(DocumentLedger ledger, FilingLocks locks, Clock clock) {
        this.ledger = ledger;
        this.locks = locks;
        this.clock = clock;
    }

    /**
     * Holds the line while the document has its turn, so that what became of it is written down before another one is looked at.
     *
     * @return when to ask again, where another document has its turn or goes first; the turn was not taken then
     */
    Optional<Instant> turn(StoredDocument document, Assessment.Fileable assessment, Runnable turn) {
        Optional<FilingLocks.Held> held =
                givesWay(document, assessment) ? Optional.empty() : locks.acquire(line(document, assessment));
        if (held.isEmpty()) {
            return Optional.of(clock.instant().plus(pause(document)));
        }
        try {
            turn.run();
            return Optional.empty();
        } finally {
            locks.release(held.get());
        }
    }

    /**
     * A document and its replacement may be due together, in any order: the one that is replaced goes first, unless it has to wait. The
     * patience begins when the replacement could have had its turn, however long both have stood in a queue.
     */
    private boolean givesWay(StoredDocument document, Assessment.Fileable assessment) {
        return waited(document).compareTo(PATIENCE) < 0
                && assessment
                        .replaces()
                        .filter(id -> !id.equals(document.documentId()))
                        .filter(id -> ledger.comesFirst(id, assessment.patient()))
                        .isPresent();
    }

    /** As long as it has waited, so that each pause doubles that. */
    private Duration pause(StoredDocument document) {
        Duration waited = waited(document);
        if (waited.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
    }

    private Duration waited(StoredDocument document) {
        return document.gaveWaySince()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** All that another one of its line would take, too: itself, its set, and what it replaces, which may be of no set or of another. */
    private List<String> line(StoredDocument document, Assessment.Fileable assessment) {
        List<String> replaced = assessment.replaces().map(ledger::lineage).orElse(List.of());
        Stream<String> sets = replaced.stream().flatMap(id -> ledger.sets(id).stream());
        return Stream.concat(
                        Stream.concat(Stream.of(document.setId()), sets).map(set -> "set:" + set),
                        Stream.concat(Stream.of(document.documentId()), replaced.stream())
                                .map(id -> "id:" + id))
                .toList();
    }
}
