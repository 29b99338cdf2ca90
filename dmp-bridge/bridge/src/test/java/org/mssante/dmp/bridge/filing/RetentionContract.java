package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.ContentLedger;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.OwedReceipt;

/** How long the content of mails and documents is kept, whatever database keeps it. */
abstract class RetentionContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration KEPT = Duration.ofDays(30);

    FakeDmp dmp = new FakeDmp();

    /** Opens the database of this test, the same one each time. */
    abstract LedgerDatabase open();

    @Test
    void freesTheContentOfWhatEndedBeforeTheTimeAndOfNothingElse() {
        Delivery filed = settled(NOW);

        try (TestBridge bridge = bridge(NOW.plus(KEPT))) {
            assertThat(bridge.retention(KEPT).free()).isFalse();
            assertThat(bridge.messages.message(filed.id()).content()).isEqualTo(Samples.mailWithPackage());
        }
        try (TestBridge bridge = bridge(NOW.plus(KEPT).plusSeconds(1))) {
            assertThat(bridge.retention(KEPT).free()).isTrue();
            assertThat(bridge.messages.message(filed.id()).content()).isEmpty();
            assertThat(bridge.queue.documents(Samples.DOCUMENT_ID))
                    .singleElement()
                    .satisfies(document -> assertThat(document.freedAt())
                            .contains(NOW.plus(KEPT).plusSeconds(1)));
            assertThat(bridge.traced())
                    .filteredOn(entry -> entry.event() == Event.CONTENT_FREED)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.fields()).containsEntry(Field.COUNT, "1"));
            assertThat(bridge.retention(KEPT).free()).isFalse();
        }
    }

    /** The lines stay: nothing is filed again, and nobody who asks is told that it never was. */
    @Test
    void whatIsSentAgainIsKnownWithoutItsContent() {
        Delivery filed = settled(NOW);
        try (TestBridge bridge = bridge(NOW.plus(KEPT).plusSeconds(1))) {
            bridge.retention(KEPT).free();

            assertThat(bridge.accept(Samples.mailWithPackage()).known()).isTrue();
            Delivery other = bridge.accept(Samples.utf8(new String(Samples.mailWithPackage(), StandardCharsets.UTF_8)
                    .replace("<test-1@demo.mssante.fr>", "<again@demo.mssante.fr>")));
            bridge.work();

            assertThat(bridge.outcomes(other))
                    .extracting(DocumentOutcome::outcome)
                    .containsExactly(Outcome.DOCUMENT_ALREADY_FILED);
            assertThat(bridge.outcomes(filed))
                    .extracting(DocumentOutcome::outcome)
                    .containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.submissions()).isEqualTo(1);
        }
    }

    @Test
    void keepsWhatWaitsHoweverOldItIs() {
        dmp.down(true);
        Delivery waiting;
        try (TestBridge bridge = bridge(NOW)) {
            waiting = bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        try (TestBridge bridge = bridge(NOW.plus(KEPT.multipliedBy(3)))) {
            assertThat(bridge.retention(KEPT).free()).isFalse();
            dmp.down(false);
            bridge.work();

            assertThat(bridge.outcomes(waiting))
                    .extracting(DocumentOutcome::outcome)
                    .containsExactly(Outcome.DOCUMENT_FILED);
        }
    }

    /** A receipt gives the mail back: until it is sent the content is needed, and from then its time counts. */
    @Test
    void keepsTheMailOfAReceiptThatIsOwed() {
        Instant late = NOW.plus(KEPT.multipliedBy(2));
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            bridge.receipts.settle(
                    mail.id(), Optional.of(OwedReceipt.of(mail.id(), OwedReceipt.Kind.MAIL, "labo@demo.mssante.fr")));
        }
        try (TestBridge bridge = bridge(late)) {
            assertThat(bridge.retention(KEPT).free()).isFalse();
            bridge.receipts.sent(mail.id());
            assertThat(bridge.retention(KEPT).free()).isFalse();
        }
        try (TestBridge bridge = bridge(late.plus(KEPT).plusSeconds(1))) {
            assertThat(bridge.retention(KEPT).free()).isTrue();
        }
    }

    @Test
    void freesTheOldestFirstAndSoManyAtATime() {
        Delivery first = settled(NOW);
        Delivery second;
        try (TestBridge bridge = bridge(NOW.plusSeconds(60))) {
            second = bridge.accept(Samples.plainMail("Content-Type: text/plain\r\n\r\nBonjour\r\n"));
            bridge.work();
            bridge.receipts.settle(second.id(), Optional.empty());
        }
        Instant later = NOW.plus(KEPT).plusSeconds(120);
        try (TestBridge bridge = bridge(later)) {
            ContentLedger contents = bridge.contents();

            assertThat(contents.free(later, 1)).isEqualTo(1);
            assertThat(bridge.messages.message(first.id()).content()).isEmpty();
            assertThat(bridge.messages.message(second.id()).content()).isNotEmpty();
            assertThat(contents.free(later, 5)).isEqualTo(1);
            assertThat(contents.free(later, 5)).isZero();
        }
    }

    private Delivery settled(Instant when) {
        try (TestBridge bridge = bridge(when)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            bridge.receipts.settle(mail.id(), Optional.empty());
            return mail;
        }
    }

    private TestBridge bridge(Instant now) {
        return new TestBridge(open(), "bridge-1", now, dmp);
    }
}
