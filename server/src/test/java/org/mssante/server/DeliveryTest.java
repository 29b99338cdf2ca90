package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.LABO;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.mailbox.model.QuotaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.sql.Database;

/** From the end of DATA into a mailbox and the queues behind it. */
class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deliversAMessageOfAnotherOperatorByteForByte() throws IOException {
        byte[] message = strange("<strange@chu-exemple.mssante.fr>");
        fromOperator(message, COLLEAGUE);

        byte[] seen = awaitMessage(COLLEAGUE);

        String text = new String(seen, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith(new String(message, StandardCharsets.ISO_8859_1));
        assertThat(text)
                .startsWith("Return-Path: <" + ELSEWHERE + ">\r\n"
                        + "Authentication-Results: smtp.demo.mssante.fr; smime=none\r\n"
                        + "Received: from client.example.fr ([127.0.0.1])\r\n");
    }

    @Test
    void takesAwayAuthenticationResultsThatClaimToBeOurs() throws IOException {
        fromOperator(
                ("Authentication-Results: smtp.demo.mssante.fr; smime=pass\r\n"
                                + "Authentication-Results: smtp.chu-exemple.mssante.fr; smime=pass\r\n"
                                + "From: " + ELSEWHERE + "\r\nMessage-ID: <forged@x>\r\n\r\nbody\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                COLLEAGUE);

        String seen = new String(awaitMessage(COLLEAGUE), StandardCharsets.ISO_8859_1);

        assertThat(seen).contains("Authentication-Results: smtp.chu-exemple.mssante.fr; smime=pass\r\n");
        assertThat(seen.split("Authentication-Results: smtp\\.demo\\.mssante\\.fr;", -1))
                .hasSize(2);
    }

    @Test
    void signsWhatTheLaboratorySubmitsAndTellsTheReaderTheVerdict() throws IOException {
        try (SmtpConversation smtp = server.submissions("clients/" + LABO).tlsAtOnce()) {
            smtp.command("AUTH EXTERNAL =");
            smtp.command("MAIL FROM:<" + LABO + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            smtp.data(("From: " + LABO + "\r\nTo: " + COLLEAGUE + "\r\nSubject: résultats\r\n"
                            + "Message-ID: <signed@demo.mssante.fr>\r\nContent-Type: text/plain\r\n\r\nbonjour\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }

        String seen = new String(awaitMessage(COLLEAGUE), StandardCharsets.UTF_8);

        assertThat(seen)
                .contains("multipart/signed", "Subject: résultats\r\n")
                .containsPattern("Authentication-Results: smtp\\.demo\\.mssante\\.fr; smime=pass "
                        + "body\\.smime-identifier=labo\\.test@demo\\.mssante\\.fr");
        assertThat(lines("SIGNED", "signed@demo.mssante.fr")).isPresent();
        assertThat(lines("SIGNATURE_CHECKED", "signed@demo.mssante.fr"))
                .hasValueSatisfying(line -> assertThat(line.get(Field.RULE)).contains("pass"));
    }

    @Test
    void saysInTheTraceThatAMessageIsAcceptedOnlyOnceTheSpoolHasIt() throws IOException {
        fromOperator(plain(ELSEWHERE, "<accepted@x>"), COLLEAGUE);

        assertThat(lines("RECEIVED", "accepted@x"))
                .hasValueSatisfying(line -> assertThat(line.get(Field.REPLY)).isEmpty());
        assertThat(lines("ACCEPTED", "accepted@x"))
                .hasValueSatisfying(
                        line -> assertThat(line.get(Field.REPLY).orElseThrow()).startsWith("250 2.6.0 "));
        awaitMessage(COLLEAGUE);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(lines("DELIVERED", "accepted@x")).isPresent());
        assertThat(server.trace("SIGNATURE_CHECKED"))
                .as("the attempt stands in the trace before its success")
                .anySatisfy(line -> assertThat(line.get(Field.MESSAGE_ID)).contains("accepted@x"));
    }

    @Test
    void putsAMemberOfTheOrganisationInTheTraceOfWhatHeSends() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + PRACTICE + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            smtp.data(plain(PRACTICE, "<from-practice@x>"));
        }

        awaitMessage(COLLEAGUE);

        assertThat(lines("SUBMITTED", "from-practice@x")).hasValueSatisfying(line -> {
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.FROM).orElseThrow()).contains(PRACTICE);
            assertThat(line.get(Field.HASH).orElseThrow()).hasSize(64);
        });
        assertThat(lines("DELIVERED", "from-practice@x"))
                .hasValueSatisfying(line -> assertThat(line.get(Field.TO)).contains(COLLEAGUE));
    }

    @Test
    void deliversWhileTheBridgeIsAbsentAndOtherOperatorsAreOutOfReach() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(COLLEAGUE)) {
            smtp.command("MAIL FROM:<" + COLLEAGUE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + ELSEWHERE + ">");
            smtp.data(("From: " + COLLEAGUE + "\r\nMessage-ID: <both@x>\r\nContent-Type: application/xml\r\n"
                            + "Content-Disposition: attachment; filename=cda.xml\r\n\r\n<a/>\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }

        awaitMessage(DOCTOR);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("RELAY_DELAYED"))
                        .anySatisfy(line -> assertThat(line.get(Field.TO)).contains(ELSEWHERE))
                        .anySatisfy(line -> assertThat(line.get(Field.TO)).contains(DOCTOR)));
    }

    @Test
    void asksThePolicyOfTheMailboxTheReaderSeesWhoeverLoggedIn(@TempDir Path other) throws IOException {
        try (RunningServer strict = RunningServer.start(other, Map.of("spool.retries", "PT0.1S"))) {
            strict.directory().with(RunningServer.practice(SigningPolicy.SIGN));
            try (SmtpConversation smtp = strict.loggedIn(DOCTOR)) {
                smtp.command("MAIL FROM:<" + DOCTOR + ">");
                smtp.command("RCPT TO:<" + COLLEAGUE + ">");
                smtp.data(plain(PRACTICE, "<sent-as-the-practice@x>"));
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(strict.trace("QUARANTINED"))
                            .singleElement()
                            .satisfies(line -> assertThat(line.get(Field.DETAIL).orElseThrow())
                                    .contains("the signing key of " + PRACTICE + " is not here")));
        }
    }

    @Test
    void keepsAMessageThatCannotBeSignedOutOfEveryMailboxAndSaysSo(@TempDir Path other) throws IOException {
        try (RunningServer strict =
                RunningServer.start(other, Map.of("smime.keys", "${run}/no-keys", "spool.retries", "PT0.1S"))) {
            try (SmtpConversation smtp = strict.submissions("clients/" + LABO).tlsAtOnce()) {
                smtp.command("AUTH EXTERNAL =");
                smtp.command("MAIL FROM:<" + LABO + ">");
                smtp.command("RCPT TO:<" + COLLEAGUE + ">");
                smtp.data(plain(LABO, "<unsigned@x>"));
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(strict.trace("QUARANTINED"))
                            .singleElement()
                            .satisfies(line -> {
                                assertThat(line.get(Field.MESSAGE_ID)).contains("unsigned@x");
                                assertThat(line.get(Field.DETAIL).orElseThrow()).contains("signing key");
                            }));
            assertThat(strict.firstMessage(COLLEAGUE)).isEmpty();
        }
    }

    @Test
    void tellsTheSenderOfAMessageThatEndsInQuarantine(@TempDir Path other) throws IOException {
        try (RunningServer strict =
                RunningServer.start(other, Map.of("smime.keys", "${run}/no-keys", "spool.retries", "PT0.1S"))) {
            strict.directory().with(RunningServer.practice(SigningPolicy.SIGN));
            try (SmtpConversation smtp = strict.loggedIn(DOCTOR)) {
                smtp.command("MAIL FROM:<" + DOCTOR + ">");
                smtp.command("RCPT TO:<" + COLLEAGUE + ">");
                smtp.data(plain(PRACTICE, "<kept@x>"));
            }

            Callable<Optional<byte[]>> first = () -> strict.firstMessage(DOCTOR);
            byte[] notice =
                    await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow();

            assertThat(new String(notice, StandardCharsets.ISO_8859_1))
                    .contains("In-Reply-To: <kept@x>", "Status: 5.3.0", "MSS-M23");
            assertThat(strict.trace("DELIVERY_DELAYED"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.outcome()).contains(Outcome.SERVER_ERROR));
            assertThat(strict.trace("QUARANTINED"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.outcome()).contains(Outcome.SET_ASIDE));
        }
    }

    @Test
    void returnsAMessageWhoseRecipientsMailboxStaysFull(@TempDir Path other) throws IOException {
        try (Database database = TestDatabase.open("jdbc:h2:file:" + other.resolve("server/data/mail"))) {
            QuotaRoot root = QuotaRoot.quotaRoot("#private&" + COLLEAGUE, Optional.empty());
            new JdbcMaxQuotaManager(database).setMaxMessage(root, QuotaCountLimit.count(0));
        }
        try (RunningServer strict = RunningServer.start(other, Map.of("spool.retries", "PT0.1S"))) {
            try (SmtpConversation smtp = strict.loggedIn(DOCTOR)) {
                smtp.command("MAIL FROM:<" + DOCTOR + ">");
                smtp.command("RCPT TO:<" + COLLEAGUE + ">");
                smtp.data(plain(DOCTOR, "<too-much@x>"));
            }

            Callable<Optional<byte[]>> first = () -> strict.firstMessage(DOCTOR);
            byte[] notice =
                    await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow();

            assertThat(new String(notice, StandardCharsets.ISO_8859_1)).contains("Status: 5.2.2", "MSS-M25");
            assertThat(strict.trace("DELIVERY_DELAYED"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.outcome()).contains(Outcome.MAILBOX_FULL));
            assertThat(strict.trace("BOUNCED"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.outcome()).contains(Outcome.MAILBOX_STAYED_FULL));
            assertThat(strict.trace("QUARANTINED")).isEmpty();
        }
    }

    private void fromOperator(byte[] message, String recipient) throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + recipient + ">");
            assertThat(smtp.data(message)).startsWith("250 2.6.0 ");
        }
    }

    /** What a parser would be tempted to tidy up: odd folding, no MIME, bare 8bit, trailing blanks, long lines. */
    private static byte[] strange(String messageId) {
        return ("from:    " + ELSEWHERE
                        + "  \r\nSUBJECT: =?utf-8?q?x?=\r\n\t folded\r\nX-MSS-NIL:DEV1\r\nX-Note: déjà  \r\n"
                        + "Message-Id: " + messageId + "\r\n\r\nligne é \r\n\r\n" + "x".repeat(2000) + "\r\n\t\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] plain(String from, String messageId) {
        return ("From: " + from + "\r\nMessage-ID: " + messageId + "\r\n\r\nbonjour\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] awaitMessage(String person) {
        Callable<Optional<byte[]>> first = () -> server.firstMessage(person);
        return await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow();
    }

    private Optional<TraceLine> lines(String event, String messageId) throws IOException {
        return server.trace(event).stream()
                .filter(line -> line.get(Field.MESSAGE_ID).equals(Optional.of(messageId)))
                .findFirst();
    }
}
