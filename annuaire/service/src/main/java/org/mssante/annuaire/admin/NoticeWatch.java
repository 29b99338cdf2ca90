package org.mssante.annuaire.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.mssante.annuaire.registry.Notice;
import org.mssante.annuaire.registry.NoticeOutbox;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** How many notices about mailboxes have yet to be sent, and since when: they wait where the mail server takes none. */
public final class NoticeWatch implements Watch {
    private final NoticeOutbox outbox;
    private final Duration longest;
    private final Clock clock;

    /** @param longest a notice may wait before an operator is warned */
    public NoticeWatch(NoticeOutbox outbox, Duration longest, Clock clock) {
        this.outbox = outbox;
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "notices";
    }

    @Override
    public List<Finding> look() {
        List<Notice> waiting = outbox.waiting();
        return waiting.stream()
                .findFirst()
                .filter(oldest -> oldest.created().isBefore(clock.instant().minus(longest)))
                .map(oldest ->
                        new Finding(Alarm.NOTICES_LATE, waiting.size() + ", the oldest since " + oldest.created()))
                .stream()
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.gauge(
                "mssante_notices_waiting",
                "Notices about mailboxes that have yet to be sent.",
                outbox.waiting().size()));
    }
}
