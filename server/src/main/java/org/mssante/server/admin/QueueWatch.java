package org.mssante.server.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;
import org.mssante.core.metrics.Metric.Sample;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.QueueDepth;

/** How full the queues are and how long their oldest mails have been there. */
public final class QueueWatch implements Watch {
    private static final String QUEUE = "queue";

    private final Queues queues;
    private final HealthSettings settings;
    private final Clock clock;

    public QueueWatch(Queues queues, HealthSettings settings, Clock clock) {
        this.queues = queues;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "queues";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Instant latest = clock.instant().minus(settings.queueAge());
        for (JdbcMailQueue queue : queues.all()) {
            QueueDepth depth = queue.depth();
            depth.oldest()
                    .filter(oldest -> oldest.isBefore(latest))
                    .ifPresent(oldest -> findings.add(new Finding(
                            Alarm.QUEUE_LATE,
                            queue.getName().asString() + ", since " + oldest + ", "
                                    + (depth.due() + depth.delayed() + depth.inHand()) + " mails in it")));
        }
        return findings;
    }

    @Override
    public List<Metric> metrics() {
        List<Sample> mails = new ArrayList<>();
        List<Sample> ages = new ArrayList<>();
        for (JdbcMailQueue queue : queues.all()) {
            String name = queue.getName().asString();
            QueueDepth depth = queue.depth();
            mails.add(new Sample(Map.of(QUEUE, name, "state", "due"), depth.due()));
            mails.add(new Sample(Map.of(QUEUE, name, "state", "delayed"), depth.delayed()));
            mails.add(new Sample(Map.of(QUEUE, name, "state", "in_hand"), depth.inHand()));
            ages.add(new Sample(
                    Map.of(QUEUE, name),
                    depth.oldest()
                            .map(oldest ->
                                    Duration.between(oldest, clock.instant()).toSeconds())
                            .orElse(0L)));
        }
        return List.of(
                new Metric("mssante_queue_mails", Metric.Type.GAUGE, "Mails in a queue, by state.", mails),
                new Metric(
                        "mssante_queue_age_seconds",
                        Metric.Type.GAUGE,
                        "Time since the oldest mail of a queue came to this server; 0 where it is empty.",
                        ages));
    }
}
