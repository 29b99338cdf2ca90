package org.mssante.dmp.bridge.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;
import org.mssante.dmp.bridge.ledger.OpenReceipts;
import org.mssante.dmp.bridge.ledger.ReceiptLedger;

/** How many receipts have yet to be sent, and since when: they wait where the mail server does not take them. */
public final class ReceiptWatch implements Watch {
    private final ReceiptLedger receipts;
    private final Duration longest;
    private final Clock clock;

    /** @param longest a receipt may wait before an operator is warned */
    public ReceiptWatch(ReceiptLedger receipts, Duration longest, Clock clock) {
        this.receipts = receipts;
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "receipts";
    }

    @Override
    public List<Finding> look() {
        OpenReceipts open = receipts.open();
        return open
                .oldest()
                .filter(oldest -> oldest.isBefore(clock.instant().minus(longest)))
                .map(oldest -> new Finding(Alarm.RECEIPTS_LATE, open.count() + ", the oldest since " + oldest))
                .stream()
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        OpenReceipts open = receipts.open();
        return List.of(
                Metric.gauge("mssante_receipts", "Receipts that have yet to be sent.", open.count()),
                Metric.gauge(
                        "mssante_receipts_age_seconds",
                        "Time since the oldest of them is owed; 0 where there is none.",
                        open.oldest()
                                .map(oldest -> Duration.between(oldest, clock.instant())
                                        .toSeconds())
                                .orElse(0L)));
    }
}
