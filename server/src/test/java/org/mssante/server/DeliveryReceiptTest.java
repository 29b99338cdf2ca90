package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.SUSPENDED;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.trace.Field;

/** The DSN extension (RFC 3461) and {@code Return-Receipt-To}, as mail clients and other operators use them. */
@Timeout(120)
class DeliveryReceiptTest {
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
    void aSenderWhoAsksHearsThatHisMessageIsInTheMailbox() throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("EHLO client.example.fr")).contains(" 250-DSN");
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + "> RET=FULL ENVID=lot+2B7"))
                    .startsWith("250 ");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + "> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;"
                            + "Dr.Martin@demo.medecin.mssante.fr"))
                    .startsWith("250 ");
            smtp.data(message(DOCTOR, "<asked@x>"));
        }

        MimeMessage receipt =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(awaitMessage(DOCTOR)));
        assertThat(receipt.getHeader("Return-Path")).containsExactly("<>");
        assertThat(receipt.getHeader("In-Reply-To")).containsExactly("<asked@x>");
        assertThat(receipt.getSubject()).isEqualTo("Accusé de réception / Delivery receipt");
        assertThat(part(receipt, 0))
                .contains(
                        "a été remis dans les boîtes aux lettres suivantes",
                        "ne dit pas si le message a été lu",
                        COLLEAGUE)
                .contains("was put into the following mailboxes");
        assertThat(part(receipt, 1))
                .contains(
                        "Reporting-MTA: dns; smtp.demo.mssante.fr",
                        "Original-Envelope-Id: lot+7",
                        "Original-Recipient: rfc822; Dr.Martin@demo.medecin.mssante.fr",
                        "Final-Recipient: rfc822; " + COLLEAGUE,
                        "Action: delivered",
                        "Status: 2.0.0");
        assertThat(part(receipt, 2))
                .as("the whole message comes back of failures alone (RFC 3461 §4.3)")
                .contains("Message-ID: <asked@x>")
                .doesNotContain("bonjour");
        assertThat(server.trace("ARRIVAL_REPORTED"))
                .singleElement()
                .satisfies(line -> assertThat(line.get(Field.MESSAGE_ID)).contains("asked@x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCTOR, "Dr Test <" + DOCTOR + ">"})
    void returnReceiptToAsksForTheSame(String value) throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            smtp.data(message(DOCTOR, "<old-form@x>", "Return-Receipt-To: " + value));
        }

        assertThat(text(awaitMessage(DOCTOR))).contains("In-Reply-To: <old-form@x>", "Action: delivered");
    }

    @Test
    void anotherOperatorsSenderIsAnsweredThroughTheTrustSpace() throws Exception {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + "> NOTIFY=SUCCESS"))
                    .startsWith("250 ");
            smtp.data(message(ELSEWHERE, "<from-elsewhere@x>"));
        }

        awaitMessage(COLLEAGUE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("RELAY_DELAYED")).anySatisfy(line -> {
                    assertThat(line.get(Field.FROM)).contains("<>");
                    assertThat(line.get(Field.TO)).contains(ELSEWHERE);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Return-Receipt-To: " + COLLEAGUE, "X-Note: none"})
    void whoAsksForNoneOrForSomebodyElseGetsNone(String header) throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + "> NOTIFY=FAILURE,DELAY");
            smtp.data(message(DOCTOR, "<unasked@x>", header));
        }

        awaitMessage(COLLEAGUE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("DELIVERED")).hasSize(1));
        assertThat(server.trace("ARRIVAL_REPORTED")).isEmpty();
        assertThat(server.firstMessage(DOCTOR)).isEmpty();
    }

    @Test
    void aRecipientNamedTwiceWithWishesIsOneRecipient() throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            for (int i = 0; i < 2; i++) {
                assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + "> NOTIFY=SUCCESS"))
                        .startsWith("250 ");
            }
            assertThat(smtp.data(message(DOCTOR, "<twice@x>"))).startsWith("250 2.6.0 ");
            assertThat(smtp.command("NOOP")).startsWith("250 ");
        }

        awaitMessage(DOCTOR);
        assertThat(server.trace("ARRIVAL_REPORTED")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY=NEVER,SUCCESS",
                "NOTIFY=SOMETIMES",
                "NOTIFY=",
                "ORCPT=" + COLLEAGUE,
                "ORCPT=rfc822;",
                "ORCPT=rfc822;a+zz@b.fr"
            })
    void aMalformedWishOfARecipientIsRefusedAndTheConnectionGoesOn(String parameter) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + "> " + parameter)).startsWith("501 5.5.4 MSS-M47 ");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("250 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RET=ALL", "RET=", "ENVID=", "ENVID=a+zz"})
    void aMalformedWishOfAMessageIsRefusedAndTheConnectionGoesOn(String parameter) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + "> " + parameter)).startsWith("501 5.5.4 MSS-M47 ");
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + ">")).startsWith("250 ");
        }
    }

    @Test
    void wishesOfARefusedRecipientAreForgotten() throws Exception {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            assertThat(smtp.command("RCPT TO:<" + SUSPENDED + "> NOTIFY=SUCCESS"))
                    .startsWith("550 ");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(smtp.data(message(DOCTOR, "<one-refused@x>"))).startsWith("250 2.6.0 ");
        }

        awaitMessage(COLLEAGUE);
        assertThat(server.trace("ARRIVAL_REPORTED")).isEmpty();
    }

    private static String part(MimeMessage report, int number) throws IOException, MessagingException {
        return text(((MimeMultipart) report.getContent())
                .getBodyPart(number)
                .getInputStream()
                .readAllBytes());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static byte[] message(String from, String id, String... headers) {
        return (String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "From: " + from
                        + "\r\nMessage-ID: " + id + "\r\n\r\nbonjour\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] awaitMessage(String person) {
        Callable<Optional<byte[]>> first = () -> server.firstMessage(person);
        return await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow();
    }
}
