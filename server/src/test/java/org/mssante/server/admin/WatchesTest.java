package org.mssante.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MaybeSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.id.MailDomain;
import org.mssante.core.metrics.OpenMetrics;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.CertificateAuthorities;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.ListProblem;
import org.mssante.server.trust.ListedTrustSpace;
import org.mssante.server.trust.TrustList;
import org.mssante.server.trust.TrustListInForce;
import org.mssante.server.trust.TrustSpace;
import org.mssante.server.trust.TrustState;

/** Each threshold has two sides. */
class WatchesTest {
    private static final Clock CLOCK = Clock.fixed(Desk.NOW, ZoneOffset.UTC);
    private static final HealthSettings SETTINGS =
            new HealthSettings(Duration.ofDays(2), Duration.ofHours(12), Duration.ofDays(30), Duration.ofHours(5), 0);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    private Path runDir;

    @Test
    void aTrustListIsOldPastItsThresholdAndNotBefore() {
        assertThat(trust(Desk.NOW.minus(Duration.ofDays(2)), Optional.empty())).isEmpty();
        assertThat(trust(Desk.NOW.minus(Duration.ofDays(2)).minusSeconds(1), Optional.empty()))
                .containsExactly(Alarm.TRUST_LIST_OLD);
    }

    @Test
    void aRevocationListWarnsBeforeItEndsAndIsDownOnceItHas() {
        Instant fresh = Desk.NOW;
        assertThat(trust(fresh, Optional.of(Desk.NOW.plus(Duration.ofHours(12)).plusSeconds(1))))
                .isEmpty();
        assertThat(trust(fresh, Optional.of(Desk.NOW.plus(Duration.ofHours(12)))))
                .containsExactly(Alarm.REVOCATION_LIST_ENDING);
        assertThat(trust(fresh, Optional.of(Desk.NOW.plusSeconds(1)))).containsExactly(Alarm.REVOCATION_LIST_ENDING);
        assertThat(trust(fresh, Optional.of(Desk.NOW))).containsExactly(Alarm.REVOCATION_LIST_EXPIRED);
    }

    @Test
    void aQueueIsLateOnceItsOldestMailIsOlderThanTheThreshold() throws MessagingException {
        try (Desk desk = new Desk(DATABASE, runDir)) {
            desk.queues.outgoing().enQueue(Desk.mail("one", MaybeSender.nullSender()), Duration.ofHours(1));

            assertThat(new QueueWatch(desk.queues, SETTINGS, CLOCK).look()).isEmpty();
            Clock later = Clock.offset(CLOCK, Duration.ofSeconds(1));
            assertThat(new QueueWatch(desk.queues, SETTINGS, later).look())
                    .containsExactly(
                            new Finding(Alarm.QUEUE_LATE, "outgoing, since " + Desk.ARRIVED + ", 1 mails in it"));
            assertThat(OpenMetrics.text("server", new QueueWatch(desk.queues, SETTINGS, CLOCK).metrics()))
                    .contains("mssante_queue_age_seconds{service=\"server\",queue=\"outgoing\"} 18000\n")
                    .contains("mssante_queue_mails{service=\"server\",queue=\"outgoing\",state=\"delayed\"} 1\n")
                    .contains("mssante_queue_mails{service=\"server\",queue=\"bridge\",state=\"due\"} 0\n");
        }
    }

    @Test
    void oneMailInQuarantineIsEnough() throws MessagingException {
        try (Desk desk = new Desk(DATABASE, runDir)) {
            QuarantineWatch watch = new QuarantineWatch(desk.quarantine);
            assertThat(watch.look()).isEmpty();
            desk.quarantine.store(Desk.mail("one", MaybeSender.nullSender()));
            assertThat(watch.look()).extracting(Finding::alarm).containsExactly(Alarm.QUARANTINE_NOT_EMPTY);
            assertThat(OpenMetrics.text("server", watch.metrics()))
                    .contains("mssante_quarantine_mails{service=\"server\"} 1\n");
        }
    }

    @Test
    void aDatabaseThatAnswersIsWellAndOneThatIsGoneIsNot() {
        assertThat(DATABASE.database().watch().look()).isEmpty();
        var gone = TestDatabase.open("jdbc:h2:mem:gone");
        var watch = gone.watch();
        gone.close();
        assertThat(watch.look()).extracting(Finding::alarm).containsExactly(Alarm.DATABASE_UNAVAILABLE);
    }

    @Test
    void aDomainOfOursThatIsNotListedIsAnAlarm() {
        TrustState state = new TrustState(CLOCK.instant(), Optional.empty(), Optional.empty(), List.of());
        assertThat(trust(state, Set.of(new MailDomain("demo.mssante.fr")))).isEmpty();
        assertThat(trust(state, Set.of(new MailDomain("demo.mssante.fr"), new MailDomain("oublie.mssante.fr"))))
                .containsExactly(Alarm.OWN_DOMAIN_NOT_LISTED);
    }

    @Test
    void aListThatIsRefusedAndAnotherThatWaitsAreAnAlarmEach() {
        ListProblem problem = new ListProblem(Desk.NOW, "SIGNATURE_WRONG", "its signature is wrong");
        TrustListInForce.Waiting waiting = new TrustListInForce.Waiting(Desk.NOW, "ab", 4, 40, List.of());
        assertThat(trust(new TrustState(Desk.NOW, Optional.of(problem), Optional.empty(), List.of()), Set.of()))
                .containsExactly(Alarm.TRUST_LIST_NOT_TAKEN);
        assertThat(trust(new TrustState(Desk.NOW, Optional.of(problem), Optional.of(waiting), List.of()), Set.of()))
                .containsExactly(Alarm.TRUST_LIST_NOT_TAKEN, Alarm.TRUST_LIST_HELD);
    }

    private static List<Alarm> trust(Instant generated, Optional<Instant> nextUpdate) {
        TrustState state = new TrustState(
                generated,
                Optional.empty(),
                Optional.empty(),
                List.of(new TrustState.RevocationState("CN=AC", nextUpdate)));
        return trust(state, Set.of());
    }

    private static List<Alarm> trust(TrustState state, Set<MailDomain> own) {
        TrustList list = new TrustList(Instant.EPOCH, Map.of(new MailDomain("demo.mssante.fr"), Set.of()), List.of());
        TrustSpace space = new ListedTrustSpace(
                () -> Optional.of(list),
                new CertificateVerifier(new CertificateAuthorities(List.of()), List::of),
                CLOCK);
        return new TrustWatch(() -> state, space, own, SETTINGS, CLOCK)
                .look().stream().map(Finding::alarm).toList();
    }
}
