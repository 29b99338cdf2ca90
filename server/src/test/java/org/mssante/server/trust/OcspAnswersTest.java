package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.tls.KeyMaterial;

/** When a responder is asked again. Each question runs where it is asked. */
class OcspAnswersTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final TestPki pki = new TestPki();
    private final TestWebServer web = TestWebServer.http();
    private final TestResponder responder = new TestResponder(pki.organisations);
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));
    private Instant now = TestPki.NOW;

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void anExpiredAnswerIsAskedForAtOnceAndIsNoFailure() {
        OcspAnswers answers = answers();
        inForceFromNow();
        missing(answers);
        assertThat(of(answers)).isPresent();

        now = now.plus(LIFE).plusSeconds(1);
        inForceFromNow();
        assertThat(of(answers)).isEmpty();
        missing(answers);

        assertThat(of(answers)).isPresent();
        assertThat(web.asked()).hasSize(2);
    }

    @Test
    void anAnswerCountsUntilItsEndAndNotASecondLonger() {
        OcspAnswers answers = answers();
        inForceFromNow();
        missing(answers);

        now = now.plus(LIFE).minusSeconds(1);
        assertThat(of(answers)).isPresent();
        now = now.plusSeconds(1);
        assertThat(of(answers)).isEmpty();
    }

    @Test
    void anAnswerInForceThatIsOfNoUseIsAskedForAfterTheBackOff() {
        OcspAnswers answers = answers();
        inForceFromNow();
        missing(answers);
        missing(answers);

        assertThat(web.asked()).hasSize(1);
    }

    @Test
    void aResponderWhoseAnswersHaveExpiredIsAskedAfterTheBackOff() {
        OcspAnswers answers = answers();
        responder.answersInForce(now.minus(LIFE), now.minusSeconds(1));
        missing(answers);
        missing(answers);

        assertThat(of(answers)).isEmpty();
        assertThat(web.asked()).hasSize(1);
    }

    private void inForceFromNow() {
        responder.answersInForce(now.minusSeconds(1), now.plus(LIFE));
    }

    private void missing(OcspAnswers answers) {
        answers.missing(operator.leaf(), pki.organisations.certificate());
    }

    private Optional<byte[]> of(OcspAnswers answers) {
        return answers.of(operator.leaf(), pki.organisations.certificate());
    }

    private OcspAnswers answers() {
        web.answer("/ocsp", responder);
        InstantSource time = () -> now;
        Clock clock = time.withZone(ZoneOffset.UTC);
        return new OcspAnswers(
                new WebClient(
                        List::of,
                        Optional.empty(),
                        new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000_000)),
                Optional.of(web.address("/ocsp")),
                Duration.ofHours(1),
                10,
                () -> new FetchTimes(Duration.ofHours(1), List.of(Duration.ofHours(1)), new Random(1)),
                Runnable::run,
                clock);
    }
}
