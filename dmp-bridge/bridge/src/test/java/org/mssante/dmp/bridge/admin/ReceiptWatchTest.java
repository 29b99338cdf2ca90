package org.mssante.dmp.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.TestBridge;
import org.mssante.dmp.bridge.ledger.OwedReceipt;

class ReceiptWatchTest {
    private static final Instant OWED = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);

    @TempDir
    Path folder;

    private TestBridge bridge;
    private long message;

    @BeforeEach
    void oweAReceipt() {
        bridge = new TestBridge(folder, "bridge-1", OWED, new FakeDmp());
        message = bridge.accept(Samples.mailWithPackage()).id();
        bridge.receipts.settle(
                message,
                Optional.of(OwedReceipt.of(message, OwedReceipt.Kind.NOTIFICATION, "labo.test@demo.mssante.fr")));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    @Test
    void warnsOnceAReceiptHasWaitedLongerThanItShould() {
        assertThat(at(OWED.plus(LONGEST)).look()).isEmpty();
        assertThat(at(OWED.plus(LONGEST).plusSeconds(1)).look())
                .containsExactly(new Finding(Alarm.RECEIPTS_LATE, "1, the oldest since " + OWED));
    }

    @Test
    void countsWhatIsOwedAndSinceWhen() {
        assertThat(values(OWED.plusSeconds(90))).isEqualTo("1.0 90.0");
        bridge.receipts.sent(message);
        assertThat(values(OWED.plusSeconds(90))).isEqualTo("0.0 0.0");
    }

    @Test
    void saysNothingOfReceiptsThatWereSent() {
        bridge.receipts.sent(message);
        assertThat(at(OWED.plus(Duration.ofDays(1))).look()).isEmpty();
    }

    private String values(Instant now) {
        return at(now).metrics().stream()
                .map(metric -> String.valueOf(metric.samples().get(0).value()))
                .reduce((first, second) -> first + " " + second)
                .orElse("");
    }

    private ReceiptWatch at(Instant now) {
        return new ReceiptWatch(bridge.receipts, LONGEST, Clock.fixed(now, ZoneOffset.UTC));
    }
}
