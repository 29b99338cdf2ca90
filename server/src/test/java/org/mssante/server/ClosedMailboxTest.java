package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;

/** A mailbox takes what arrives while it is open, whatever it was when the recipient was named, and whatever is remembered of it. */
@Timeout(120)
class ClosedMailboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(
                runDir,
                Map.of(
                        "spool.retries",
                        "PT0.2S,PT0.2S",
                        "directory.cache.fresh",
                        "PT1H",
                        "directory.cache.stale",
                        "PT0.001S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUSPENDED", "CLOSED", "PURGED"})
    void returnsWhatWasUnderWayWhenTheMailboxClosed(MailboxState state) throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("250 ");
            server.withState(COLLEAGUE, state);
            assertThat(smtp.data(message(DOCTOR))).startsWith("250 ");
        }

        assertThat(returned()).contains("Status: 5.2.1", COLLEAGUE).doesNotContain("Status: 5.1.1");
        assertThat(first("BOUNCED").outcome()).contains(Outcome.MAILBOX_CLOSED);
        assertThat(toColleague("DELIVERED")).isEmpty();
    }

    @Test
    void servesTheOtherRecipientsOfTheSameMessage() throws Exception {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");
            server.withState(COLLEAGUE, MailboxState.CLOSED);
            assertThat(smtp.data(message(ELSEWHERE))).startsWith("250 ");
        }

        assertThat(first("BOUNCED").get(Field.TO)).contains(COLLEAGUE);
        assertThat(first("DELIVERED").get(Field.TO)).contains(DOCTOR);
    }

    @Test
    void saysNothingOfItsAbsence() throws Exception {
        LocalDate today = LocalDate.now(Clock.system(ZoneId.of("Europe/Paris")));
        server.withAbsence(COLLEAGUE, new Absence(today, today.plusDays(1), "En voyage."));
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            server.withState(COLLEAGUE, MailboxState.SUSPENDED);
            assertThat(smtp.data(message(DOCTOR))).startsWith("250 ");
        }

        first("BOUNCED");
        assertThat(server.trace("ABSENCE_ANSWERED")).isEmpty();
    }

    @Test
    void aReportThatNobodyReadsIsKept() throws Exception {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<>");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            server.withState(COLLEAGUE, MailboxState.CLOSED);
            assertThat(smtp.data(message(ELSEWHERE))).startsWith("250 ");
        }

        assertThat(first("QUARANTINED").outcome()).contains(Outcome.MAILBOX_CLOSED);
        assertThat(toColleague("DELIVERED")).isEmpty();
    }

    @Test
    void waitsWhileTheDirectoryIsSilentAndIsDeliveredOnce() throws Exception {
        whileTheDirectoryIsSilent();

        assertThat(first("DELIVERY_DELAYED").outcome()).contains(Outcome.DIRECTORY_UNAVAILABLE);
        server.directory().recover();

        assertThat(first("DELIVERED").get(Field.TO)).contains(COLLEAGUE);
        assertThat(server.trace("BOUNCED")).isEmpty();
    }

    @Test
    void isKeptForTheOperatorWhereTheDirectoryStaysSilent() throws Exception {
        whileTheDirectoryIsSilent();

        assertThat(first("QUARANTINED").outcome()).contains(Outcome.SET_ASIDE);
        assertThat(server.trace("BOUNCED")).isEmpty();
    }

    private void whileTheDirectoryIsSilent() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("250 ");
            server.directory().fail("down");
            assertThat(smtp.data(message(ELSEWHERE))).startsWith("250 ");
        }
    }

    private String returned() {
        Callable<Optional<byte[]>> first = () -> server.firstMessage(DOCTOR);
        return new String(
                await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow(), StandardCharsets.UTF_8);
    }

    private TraceLine first(String event) {
        Callable<List<TraceLine>> lines = () -> server.trace(event);
        return await().atMost(PATIENCE).until(lines, found -> !found.isEmpty()).get(0);
    }

    private List<TraceLine> toColleague(String event) throws IOException {
        return server.trace(event).stream()
                .filter(line -> line.get(Field.TO).equals(Optional.of(COLLEAGUE)))
                .toList();
    }

    private static byte[] message(String from) {
        return ("From: <" + from + ">\r\nTo: <" + COLLEAGUE + ">\r\nSubject: un\r\n\r\ntexte\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
