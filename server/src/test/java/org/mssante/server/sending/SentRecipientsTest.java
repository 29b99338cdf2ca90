package org.mssante.server.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;

class SentRecipientsTest {
    private static final MailAddress DOCTOR = MailAddress.parse("dr@demo.mssante.fr");
    private static final MailAddress LABO = MailAddress.parse("labo@demo.mssante.fr");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final SentRecipients sent = new SentRecipients(Duration.ofHours(1), new SetClock());

    @Test
    void takesTheLimitAndNotOneMore() {
        assertThat(add(DOCTOR, 9, 10)).isTrue();

        assertThat(hasRoom(DOCTOR, 1, 10)).isTrue();
        assertThat(hasRoom(DOCTOR, 2, 10)).isFalse();
        assertThat(add(DOCTOR, 2, 10)).isFalse();
        assertThat(add(DOCTOR, 1, 10)).isTrue();
        assertThat(add(DOCTOR, 1, 10)).isFalse();
    }

    @Test
    void countsEachMailboxForItself() {
        add(DOCTOR, 10, 10);

        assertThat(add(LABO, 10, 10)).isTrue();
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        add(DOCTOR, 11, 10);

        assertThat(add(DOCTOR, 10, 10)).isTrue();
    }

    @Test
    void whatIsGivenBackDoesNotCountWhateverStepItWasCountedIn() {
        add(DOCTOR, 6, 10);
        pass(Duration.ofMinutes(30));
        add(DOCTOR, 3, 10);

        sent.giveBack(List.of(DOCTOR, LABO), 4);

        assertThat(add(DOCTOR, 6, 10)).isFalse();
        assertThat(add(DOCTOR, 5, 10)).isTrue();
        assertThat(add(LABO, 10, 10)).isTrue();
    }

    @Test
    void aRecipientCountsForTheWindowAndNoLonger() {
        add(DOCTOR, 6, 10);
        pass(Duration.ofMinutes(30));
        add(DOCTOR, 4, 10);

        pass(Duration.ofMinutes(30).minusMillis(1));
        assertThat(add(DOCTOR, 1, 10)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(add(DOCTOR, 6, 10)).isTrue();
        assertThat(add(DOCTOR, 1, 10)).isFalse();
    }

    @Test
    void whoSendsWithoutPauseIsCountedExactly() {
        int taken = 0;
        for (int i = 0; i < 7200; i++) {
            taken += add(DOCTOR, 1, 1000) ? 1 : 0;
            pass(Duration.ofMillis(500));
        }

        assertThat(taken).isEqualTo(1000);
    }

    @Test
    void noLimitIsNone() {
        assertThat(add(DOCTOR, 1_000_000, Long.MAX_VALUE)).isTrue();
        assertThat(add(DOCTOR, 1_000_000, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void whatIsTooMuchForOneOfTwoMailboxesCountsForNeither() {
        assertThat(sent.add(Map.of(DOCTOR, 10L, LABO, 3L), 4)).contains(LABO);

        assertThat(add(DOCTOR, 10, 10)).isTrue();
        assertThat(sent.add(Map.of(DOCTOR, 12L, LABO, 3L), 2)).isEmpty();
        assertThat(add(LABO, 2, 3)).isFalse();
    }

    private boolean add(MailAddress mailbox, long recipients, long limit) {
        return sent.add(Map.of(mailbox, limit), recipients).isEmpty();
    }

    private boolean hasRoom(MailAddress mailbox, long recipients, long limit) {
        return sent.full(Map.of(mailbox, limit), recipients).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }

    private final class SetClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
