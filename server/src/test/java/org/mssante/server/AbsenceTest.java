package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.LABO;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.Absence;
import org.mssante.core.trace.Field;

/** A mailbox that nobody reads for some days tells so, once, persons of the trust space alone. */
@Timeout(120)
class AbsenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalDate today = LocalDate.now(Clock.system(ZoneId.of("Europe/Paris")));

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir);
        server.withAbsence(COLLEAGUE, new Absence(today.minusDays(1), today.plusDays(1), "Voyez le Dr Été."));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPersonIsToldOnceAndTheMessageIsDelivered() throws Exception {
        send(DOCTOR, "<first@x>");
        MimeMessage answer =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(awaitMessage(DOCTOR)));

        assertThat(answer.getHeader("Return-Path")).containsExactly("<>");
        assertThat(answer.getFrom()).hasSize(1);
        assertThat(answer.getFrom()[0].toString()).contains(COLLEAGUE);
        assertThat(answer.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(answer.getHeader("In-Reply-To")).containsExactly("<first@x>");
        assertThat(answer.getSubject()).startsWith("Absence : ");
        assertThat(answer.getContent().toString())
                .contains("n'est pas relevée du ", "Voyez le Dr Été.", "une seule fois pendant cette absence")
                .doesNotContain("INES");
        assertThat(server.firstMessage(COLLEAGUE)).isPresent();
        assertThat(server.trace("ABSENCE_ANSWERED")).singleElement().satisfies(line -> {
            assertThat(line.get(Field.MESSAGE_ID)).contains("first@x");
            assertThat(line.get(Field.TO)).contains(COLLEAGUE);
        });

        send(DOCTOR, "<second@x>");
        awaitDelivered("second@x");
        assertThat(server.trace("ABSENCE_ANSWERED")).hasSize(1);
    }

    @Test
    void anotherAbsenceIsToldAgain() throws Exception {
        send(DOCTOR, "<first@x>");
        awaitDelivered("first@x");
        server.withAbsence(COLLEAGUE, new Absence(today, today, "Un jour."));

        send(DOCTOR, "<again@x>");

        awaitDelivered("again@x");
        assertThat(server.trace("ABSENCE_ANSWERED")).hasSize(2);
    }

    @Test
    void anotherOperatorsSenderIsTold() throws Exception {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            smtp.data(message(ELSEWHERE, "<from-elsewhere@x>"));
        }

        awaitDelivered("from-elsewhere@x");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("RELAY_DELAYED")).anySatisfy(line -> {
                    assertThat(line.get(Field.FROM)).contains("<>");
                    assertThat(line.get(Field.TO)).contains(ELSEWHERE);
                }));
    }

    @Test
    void aSoftwareIsNotTold() throws Exception {
        try (SmtpConversation smtp = server.submissions("clients/" + LABO).tlsAtOnce()) {
            smtp.command("AUTH EXTERNAL =");
            smtp.command("MAIL FROM:<" + LABO + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(smtp.data(message(LABO, "<from-labo@x>"))).startsWith("250 ");
        }

        awaitDelivered("from-labo@x");
        assertThat(server.trace("ABSENCE_ANSWERED")).isEmpty();
    }

    @Test
    void whatAProgramWroteIsNotAnswered() throws Exception {
        send(DOCTOR, "<program@x>", "Auto-Submitted: auto-generated");

        awaitDelivered("program@x");
        assertThat(server.trace("ABSENCE_ANSWERED")).isEmpty();
    }

    @Test
    void beforeAndAfterItNobodyIsTold() throws Exception {
        server.withAbsence(COLLEAGUE, new Absence(today.plusDays(2), today.plusDays(3), "Bientôt."));
        send(DOCTOR, "<before@x>");
        awaitDelivered("before@x");
        server.withAbsence(COLLEAGUE, new Absence(today.minusDays(3), today.minusDays(2), "Déjà passé."));
        send(DOCTOR, "<after@x>");
        awaitDelivered("after@x");

        assertThat(server.trace("ABSENCE_ANSWERED")).isEmpty();
    }

    private void send(String from, String id, String... headers) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(from)) {
            smtp.command("MAIL FROM:<" + from + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(smtp.data(message(from, id, headers))).startsWith("250 ");
        }
    }

    private static byte[] message(String from, String id, String... headers) {
        return (String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "From: " + from + "\r\nTo: "
                        + COLLEAGUE + "\r\nSubject: INES\r\nMessage-ID: " + id + "\r\n\r\nbonjour\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] awaitMessage(String person) {
        Callable<Optional<byte[]>> first = () -> server.firstMessage(person);
        return await().atMost(PATIENCE).until(first, Optional::isPresent).orElseThrow();
    }

    /** The answer is decided in the transaction that delivers, and told before the delivery is. */
    private void awaitDelivered(String id) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("DELIVERED"))
                        .anySatisfy(
                                line -> assertThat(line.get(Field.MESSAGE_ID)).contains(id)));
    }
}
