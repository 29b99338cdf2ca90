package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;

class TallyTest {
    private static final Account ANNE = new Account(MailAddress.parse("anne@example.org"), "secret");
    private static final Account BRUNO = new Account(MailAddress.parse("bruno@example.org"), "secret");

    private final Tally tally = new Tally();
    private final BenchMessage toBoth = new BenchMessage("1@example.org", List.of(ANNE, BRUNO), List.of());

    @Test
    void aMessageCountsOnceAndItsCopiesForEachRecipient() {
        tally.begin(toBoth, 100);
        tally.accept(toBoth, 110);
        tally.see("1@example.org", ANNE, 150);
        tally.see("1@example.org", BRUNO, 170);

        assertThat(tally.accepted()).isEqualTo(1);
        assertThat(tally.expected()).isEqualTo(2);
        assertThat(tally.seen()).isEqualTo(2);
        assertThat(tally.lastSeen()).isEqualTo(170);
        assertThat(tally.answered().p99()).isEqualTo(Duration.ofNanos(10));
        assertThat(tally.visible()).isEqualTo(new Percentiles(Duration.ofNanos(50), Duration.ofNanos(70)));
    }

    @Test
    void aCopySeenTwiceIsRepeatedAndChangesNoTime() {
        tally.begin(toBoth, 100);
        tally.accept(toBoth, 110);
        tally.see("1@example.org", ANNE, 150);
        tally.see("1@example.org", ANNE, 900);

        assertThat(tally.seen()).isEqualTo(1);
        assertThat(tally.repeated()).isEqualTo(1);
        assertThat(tally.lastSeen()).isEqualTo(150);
    }

    @Test
    void messagesOfOtherRoundsDoNotCount() {
        tally.see("of.another.round@example.org", ANNE, 150);

        assertThat(tally.seen()).isZero();
    }
}
