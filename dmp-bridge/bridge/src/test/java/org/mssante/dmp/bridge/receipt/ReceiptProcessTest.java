package org.mssante.dmp.bridge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.Backoff;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.Room;
import org.mssante.dmp.bridge.filing.TestBridge;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.slf4j.LoggerFactory;

/** What becomes of a receipt that can never be sent, because nobody can write to its address. */
class ReceiptProcessTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String PATIENT = "258027505612344 @patient.mssante.fr";

    @TempDir
    Path folder = Path.of("");

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReceiptProcess.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<TraceEntry> traced = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void tellsTheLogWhichReceiptWasAbandonedAndNothingOfItsAddress() throws Exception {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = owed(bridge);

            assertThat(process(bridge, NOW, traced::add).sendNext()).isTrue();

            assertThat(traced).extracting(TraceEntry::event).containsExactly(Event.RECEIPT_ABANDONED);
            assertThat(log.list)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage())
                            .contains("mail " + mail.id())
                            .doesNotContain("258027505612344"));
        }
    }

    @Test
    void endsOnlyOnceItsEndIsTraced() throws Exception {
        try (TestBridge bridge = bridge(NOW)) {
            owed(bridge);
            assertThat(process(bridge, NOW, ReceiptProcessTest::fullDisk).sendNext())
                    .isTrue();
        }
        Instant later = NOW.plusSeconds(3);
        try (TestBridge bridge = bridge(later)) {
            assertThat(process(bridge, later, traced::add).sendNext()).isTrue();
            assertThat(traced).extracting(TraceEntry::event).containsExactly(Event.RECEIPT_ABANDONED);
            assertThat(bridge.receipts.nextOwed()).isEmpty();
        }
    }

    private TestBridge bridge(Instant now) {
        return new TestBridge(folder, "bridge-1", now, new FakeDmp());
    }

    private static Delivery owed(TestBridge bridge) {
        Delivery mail = bridge.accept(Samples.mailWithPackage());
        bridge.receipts.settle(mail.id(), Optional.of(OwedReceipt.of(mail.id(), OwedReceipt.Kind.MAIL, PATIENT)));
        return mail;
    }

    private static ReceiptProcess process(TestBridge bridge, Instant now, Trace trace) throws Exception {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        MailAddress mailbox = MailAddress.parse("dmp@demo.mssante.fr");
        return new ReceiptProcess(
                new ReceiptProcess.Ledgers(bridge.messages, bridge.documents, bridge.receipts),
                new ReceiptComposer(mailbox, "test", new ReceiptLimits(1_000_000, 100, 10), clock),
                new ReceiptTransport(
                        new Submission("127.0.0.1", 1, mailbox, SSLContext.getDefault(), Duration.ofSeconds(20))),
                new ReceiptProcess.Space(new Room(10_000_000), 1_000_000),
                new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                trace,
                clock);
    }

    private static void fullDisk(TraceEntry entry) {
        throw new UncheckedIOException(new IOException("the disk is full, no " + entry.event()));
    }
}
