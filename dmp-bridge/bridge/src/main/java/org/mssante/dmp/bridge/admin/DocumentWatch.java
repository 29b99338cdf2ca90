package org.mssante.dmp.bridge.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;
import org.mssante.core.metrics.Metric.Sample;
import org.mssante.dmp.bridge.ledger.DocumentQueue;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.OpenDocuments;

/** How many documents have not ended, in which state, and since when: those that stopped, or whose mailbox wants to be asked, wait for a person. */
public final class DocumentWatch implements Watch {
    private static final String STATE = "state";

    private final DocumentQueue queue;
    private final Duration longest;
    private final Duration undecided;
    private final Clock clock;

    /**
     * @param longest a document may wait before an operator is warned
     * @param undecided it may wait for a person's word before an operator is warned
     */
    public DocumentWatch(DocumentQueue queue, Duration longest, Duration undecided, Clock clock) {
        this.queue = queue;
        this.longest = longest;
        this.undecided = undecided;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "documents";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        List<OpenDocuments> open = queue.open();
        for (OpenDocuments documents : open) {
            if (documents.state() == DocumentState.STOPPED) {
                findings.add(new Finding(
                        Alarm.DOCUMENTS_STOPPED, documents.count() + ", the oldest since " + documents.oldest()));
            }
        }
        waiting(open)
                .filter(oldest -> oldest.isBefore(clock.instant().minus(longest)))
                .ifPresent(oldest -> findings.add(new Finding(Alarm.DOCUMENTS_LATE, "the oldest since " + oldest)));
        oldest(open, DocumentState.ASKED)
                .filter(oldest -> oldest.isBefore(clock.instant().minus(undecided)))
                .ifPresent(oldest -> findings.add(new Finding(
                        Alarm.DOCUMENTS_UNDECIDED,
                        count(open, DocumentState.ASKED) + ", the oldest since " + oldest
                                + ": ./mssante dmp queue, then dmp file or dmp discard")));
        return findings;
    }

    @Override
    public List<Metric> metrics() {
        List<OpenDocuments> open = queue.open();
        List<Sample> counts = new ArrayList<>();
        for (DocumentState state : DocumentState.values()) {
            if (!state.isFinal()) {
                counts.add(new Sample(Map.of(STATE, state.name().toLowerCase(Locale.ROOT)), count(open, state)));
            }
        }
        return List.of(
                new Metric("mssante_documents", Metric.Type.GAUGE, "Documents that have not ended, by state.", counts),
                Metric.gauge(
                        "mssante_documents_age_seconds",
                        "Time since the oldest document that still waits was found or started again; 0 where none waits.",
                        age(waiting(open))),
                Metric.gauge(
                        "mssante_documents_undecided_age_seconds",
                        "Time since the oldest document that waits for a person's word was found; 0 where none does.",
                        age(oldest(open, DocumentState.ASKED))));
    }

    private static long count(List<OpenDocuments> open, DocumentState state) {
        return open.stream()
                .filter(documents -> documents.state() == state)
                .mapToLong(OpenDocuments::count)
                .sum();
    }

    private long age(Optional<Instant> oldest) {
        return oldest.map(since -> Duration.between(since, clock.instant()).toSeconds())
                .orElse(0L);
    }

    private static Optional<Instant> oldest(List<OpenDocuments> open, DocumentState state) {
        return open.stream()
                .filter(documents -> documents.state() == state)
                .map(OpenDocuments::oldest)
                .findFirst();
    }

    private static Optional<Instant> waiting(List<OpenDocuments> open) {
        return open.stream()
                .filter(documents ->
                        documents.state() != DocumentState.STOPPED && documents.state() != DocumentState.ASKED)
                .map(OpenDocuments::oldest)
                .min(Comparator.naturalOrder());
    }
}
