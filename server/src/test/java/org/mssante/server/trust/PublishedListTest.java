package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
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
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;

/** A list published on a web server: fetched, waited for, confirmed, remembered, and what a dead publisher means. */
class PublishedListTest {
    private static final String LIST = "/listeblanchemssante.xml";
    private static final MailDomain FIRST = new MailDomain("d0.mssante.fr");

    @TempDir
    private Path folder;

    private final TestPki pki = new TestPki();
    private final KeyMaterial signer = TestTrustLists.signer(pki);
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));
    private final RecordedTrace trace = new RecordedTrace();
    private TestWebServer publisher = TestWebServer.https(webServer());
    private Instant now = TestPki.NOW;

    @BeforeEach
    void publish() {
        pki.writeAnchors(folder.resolve("anchors"));
        pki.writeRevocationLists(folder.resolve("crl"));
        publisher.put(LIST, list(10, TestPki.NOW));
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void takesTheListOverHttpsAndAsksAgainOnlyWhetherItChanged() {
        try (TrustService service = start(settings())) {
            assertThat(isListed(service, 0)).isTrue();
            await().until(() -> publisher.asked().contains("GET " + LIST + " 304"));
            publisher.put(LIST, list(11, TestPki.NOW.plusSeconds(1)));

            await().until(() -> isListed(service, 10));
        }
        assertThat(publisher.asked().stream().filter(("GET " + LIST + " 200")::equals))
                .hasSize(2);
    }

    @Test
    void doesNotTalkToAPublisherWhoseCertificateItsOwnAnchorsDoNotKnow() {
        publisher.close();
        publisher = TestWebServer.https(
                pki.issue(pki.server(TestPki.dn("localhost")).issuedBy(pki.foreign)));
        publisher.put(LIST, list(10, TestPki.NOW));

        assertThatThrownBy(() -> start(settings()).close())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("trust.list.url");
        assertThat(publisher.asked()).isEmpty();
    }

    @Test
    void aPublisherThatIsDownChangesNothingAndIsAskedAgain() {
        try (TrustService service = start(settings())) {
            publisher.goDown();
            await().until(() -> publisher.asked().contains("GET " + LIST + " 503"));
            assertThat(isListed(service, 0)).isTrue();
            publisher.put(LIST, list(11, TestPki.NOW.plusSeconds(1)));
            publisher.comeBack();

            await().until(() -> isListed(service, 10));
        }
        assertThat(trace.valuesOf(Event.TRUST_LIST_REJECTED, Field.DETAIL))
                .hasSize(1)
                .first()
                .asString()
                .contains("HTTP 503");
    }

    @Test
    void startsOnTheLastGoodListWhileThePublisherIsDown() {
        start(settings()).close();
        publisher.goDown();

        try (TrustService service = start(settings())) {
            assertThat(isListed(service, 0)).isTrue();
        }
    }

    @Test
    void aListThatDropsExactlyTheAllowedSharePasses() {
        try (TrustService service = start(settings().rules(30, Duration.ofDays(30)))) {
            publisher.put(LIST, list(7, TestPki.NOW.plusSeconds(1)));

            await().until(() -> !isListed(service, 9));
        }
    }

    @Test
    void aListThatDropsMoreWaitsForTheOperatorAndComesIntoForceOnHisWord() throws IOException {
        TestTrustSettings strict = settings().rules(30, Duration.ofDays(30));
        byte[] shorter = list(6, TestPki.NOW.plusSeconds(1));
        try (TrustService service = start(strict)) {
            publisher.put(LIST, shorter);
            await().until(() -> !trace.of(Event.TRUST_LIST_WAITING).isEmpty());
            assertThat(isListed(service, 9)).isTrue();
            await().until(() -> !trace.valuesOf(Event.TRUST_ALARM, Field.DETAIL).isEmpty());

            ListFolder kept = new ListFolder(folder.resolve("data/trust"), 400);
            kept.confirm(TrustListInForce.sha256(list(5, TestPki.NOW.plusSeconds(2))), "somebody who saw another one");
            assertThat(kept.waiting())
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(shorter));
            kept.confirm(TrustListInForce.sha256(shorter), "exploitant");
            await().until(() -> !isListed(service, 9));
            assertThat(isListed(service, 5)).isTrue();
            assertThat(kept.waiting()).isEmpty();
        }
        assertThat(trace.valuesOf(Event.TRUST_LIST_LOADED, Field.ACTOR)).containsExactly("exploitant");
        try (TrustService again = start(strict)) {
            assertThat(isListed(again, 9)).isFalse();
        }
    }

    @Test
    void aWaitingListIsForgottenOnceThePublisherHasABetterOne() throws IOException {
        try (TrustService service = start(settings().rules(30, Duration.ofDays(30)))) {
            publisher.put(LIST, list(1, TestPki.NOW.plusSeconds(1)));
            await().until(() -> !trace.of(Event.TRUST_LIST_WAITING).isEmpty());
            publisher.put(LIST, list(12, TestPki.NOW.plusSeconds(2)));

            await().until(() -> isListed(service, 11));
            assertThat(new ListFolder(folder.resolve("data/trust"), 400).waiting())
                    .isEmpty();
        }
    }

    @Test
    void whatIsWrongWithTheSourceIsPartOfTheStateUntilItIsRightAgain() {
        byte[] first = list(10, TestPki.NOW);
        try (TrustService service = start(settings().rules(30, Duration.ofDays(30)))) {
            assertThat(service.state().problem()).isEmpty();
            publisher.put(LIST, list(6, TestPki.NOW.plusSeconds(1)));
            await().until(() -> service.state().waiting().isPresent());
            assertThat(service.state().problem()).isEmpty();

            publisher.put(LIST, list(11, TestPki.NOW.minusSeconds(1)));
            await().until(() -> problem(service).equals("OLDER_THAN_IN_FORCE"));
            assertThat(service.state().waiting()).isPresent();
            publisher.goDown();
            await().until(() -> problem(service).equals("SOURCE_UNAVAILABLE"));
            publisher.comeBack();
            await().until(() -> problem(service).equals("OLDER_THAN_IN_FORCE"));

            publisher.put(LIST, first);
            await().until(() -> problem(service).isEmpty());
            assertThat(service.state().waiting()).isEmpty();
        }
    }

    private static String problem(TrustService service) {
        return service.state().problem().map(ListProblem::code).orElse("");
    }

    @Test
    void tellsWhichListWasInForceAtATimeAndKeepsNoMoreThanAsked() throws IOException {
        for (int i = 0; i < 4; i++) {
            now = TestPki.NOW.plusSeconds(100L * i);
            publisher.put(LIST, list(10 + i, now));
            int last = 9 + i;
            try (TrustService service = start(settings().history(3))) {
                await().until(() -> isListed(service, last));
            }
        }
        ListHistory history = new ListFolder(folder.resolve("data/trust"), 3).history();

        assertThat(history.entries()).hasSize(3);
        assertThat(history.at(TestPki.NOW.plusSeconds(150))).hasValueSatisfying(entry -> {
            assertThat(entry.generated()).isEqualTo(TestPki.NOW.plusSeconds(100));
            assertThat(entry.since()).isEqualTo(TestPki.NOW.plusSeconds(100));
        });
        assertThat(history.at(TestPki.NOW.plusSeconds(250)).orElseThrow().bytes())
                .isEqualTo(list(12, TestPki.NOW.plusSeconds(200)));
        assertThat(history.at(TestPki.NOW)).isEmpty();
    }

    @Test
    void noOlderListComesIntoForceEvenWhereTheLastGoodOneIsGone() throws IOException {
        publisher.put(LIST, list(10, TestPki.NOW.plusSeconds(1)));
        start(settings()).close();
        java.nio.file.Files.delete(folder.resolve("data/trust/last-good-trust-list.xml"));
        publisher.put(LIST, list(11, TestPki.NOW));

        assertThatThrownBy(() -> start(settings()).close())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("older than a list that has been in force");
    }

    @Test
    void nobodyIsTalkedToOnceTheSourceHasNotConfirmedTheListForTooLong() {
        start(settings()).close();
        publisher.goDown();
        now = TestPki.NOW.plus(Duration.ofDays(2));
        TestTrustSettings impatient = settings().rules(30, Duration.ofDays(1));

        try (TrustService service = start(impatient)) {
            assertThat(service.space().domain(FIRST))
                    .isInstanceOfSatisfying(
                            TrustDecision.RetryLater.class,
                            later -> assertThat(later.outcome()).isEqualTo(Outcome.TRUST_LIST_UNAVAILABLE));
            assertThat(service.space().inbound(operator.chain(), Optional.of(FIRST)))
                    .isInstanceOf(TrustDecision.RetryLater.class);
            assertThat(service.space().outbound(operator.chain(), FIRST)).isInstanceOf(TrustDecision.RetryLater.class);
            publisher.comeBack();

            await().until(() -> isListed(service, 0));
        }
    }

    @Test
    void raisesAnAlarmOnceWhenTheSourceIsSilentForLong() {
        start(settings()).close();
        publisher.goDown();
        now = TestPki.NOW.plus(Duration.ofHours(25));

        try (TrustService service = start(settings())) {
            await().until(() -> publisher.asked().stream()
                            .filter(("GET " + LIST + " 503")::equals)
                            .count()
                    > 2);
            assertThat(isListed(service, 0)).isTrue();
        }
        assertThat(trace.valuesOf(Event.TRUST_ALARM, Field.DETAIL))
                .singleElement()
                .asString()
                .contains("has not had the list in force since " + TestPki.NOW);
    }

    @Test
    void theSignerRevokedLaterRaisesAnAlarmAndHisNextListIsNotTaken() {
        try (TrustService service = start(settings())) {
            pki.writeRevocationLists(folder.resolve("crl"), signer.leaf());
            await().until(() -> !trace.of(Event.TRUST_ALARM).isEmpty());
            publisher.put(LIST, list(11, TestPki.NOW.plusSeconds(1)));

            await().until(() -> !trace.of(Event.TRUST_LIST_REJECTED).isEmpty());
            assertThat(isListed(service, 10)).isFalse();
            assertThat(isListed(service, 0)).isTrue();
        }
        assertThat(trace.valuesOf(Event.TRUST_LIST_REJECTED, Field.DETAIL))
                .first()
                .asString()
                .startsWith("SIGNER_REVOKED");
    }

    @Test
    void aListThatCouldNotBeWrittenIsAskedForAgain() throws Exception {
        Path history = folder.resolve("data/trust/history");
        Path aside = folder.resolve("aside");
        try (TrustService service = start(settings())) {
            Files.move(history, aside);
            Files.writeString(history, "no folder");
            publisher.put(LIST, list(11, TestPki.NOW.plusSeconds(1)));
            await().untilAsserted(() -> assertThat(trace.valuesOf(Event.TRUST_LIST_REJECTED, Field.DETAIL))
                    .anySatisfy(detail -> assertThat(detail).contains("the folder of the trust lists")));
            Files.delete(history);
            Files.move(aside, history);

            await().atMost(Duration.ofSeconds(30)).until(() -> isListed(service, 10));
        }
    }

    private TrustService start(TestTrustSettings settings) {
        return TrustService.start(settings.settings(), trace, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Time stands still in these tests, so what is due once is due for ever: an interval of nothing. */
    private TestTrustSettings settings() {
        return new TestTrustSettings(folder)
                .publishedAt(publisher.address(LIST))
                .withoutWaits();
    }

    private static boolean isListed(TrustService service, int number) {
        return service.space()
                .domain(new MailDomain("d" + number + ".mssante.fr"))
                .isAccepted();
    }

    private byte[] list(int domains, Instant generated) {
        TestTrustLists list = new TestTrustLists();
        for (int i = 0; i < domains; i++) {
            list.with("d" + i + ".mssante.fr", operator);
        }
        return list.signedBy(signer, generated);
    }

    private KeyMaterial webServer() {
        return pki.issue(
                pki.server(TestPki.dn("localhost")).inForce(TestPki.NOW, Instant.parse("2036-01-01T00:00:00Z")));
    }
}
