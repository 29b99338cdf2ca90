package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.SUSPENDED;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.trace.Field;

/** Port 25, between operators (mssante.md §2.6, §4.2). */
class InterOperatorTest {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<a@b.fr>", "RCPT TO:<a@b.fr>", "DATA", "AUTH PLAIN AAA=", "VRFY a", "HELP"})
    void refusesEveryCommandBeforeTls(String command) throws IOException {
        try (SmtpConversation smtp = server.mx()) {
            smtp.reply();
            smtp.command("EHLO client.example.fr");

            assertThat(smtp.command(command)).isEqualTo("530 5.7.0 MSS-T01 A STARTTLS command must come first.");
        }
    }

    @Test
    void refusesAServerWithoutCertificate() throws IOException {
        try (SmtpConversation smtp = server.mx().startTls()) {
            assertThat(mailFrom(smtp, ELSEWHERE)).startsWith("554 5.7.1 MSS-T02 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "operator-b, sortie@chu-exemple.mssante.fr, 250 2.1.0",
        "operator-b, sortie@demo.mssante.fr, 550 5.7.1 MSS-T08",
        "operator-b, sortie@hors-liste.example.fr, 550 5.7.1 MSS-T07",
        "unlisted, sortie@chu-exemple.mssante.fr, 550 5.7.1 MSS-T08",
        "revoked, a@revoque.exemple.mssante.fr, 554 5.7.5 MSS-T05",
        "operator-b, '', 250 2.1.0",
        "unlisted, '', 550 5.7.1 MSS-T09",
    })
    void decidesAtMailFromByTheCertificateListedForTheSendersDomain(String certificate, String sender, String reply)
            throws IOException {
        try (SmtpConversation smtp = server.mx(certificate).startTls()) {
            assertThat(mailFrom(smtp, sender)).startsWith(reply + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dr.test@demo.medecin.mssante.fr, 250 2.1.5",
        "inconnu@demo.mssante.fr, 550 5.1.1 MSS-M04",
        "suspendu@demo.mssante.fr, 550 5.2.1 MSS-M05",
        "a@chu-exemple.mssante.fr, 550 5.7.1 MSS-M06",
        "a@example.com, 550 5.7.1 MSS-M06",
    })
    void takesOurOwnActiveMailboxesAndRelaysForNobody(String recipient, String reply) throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            mailFrom(smtp, ELSEWHERE);

            assertThat(smtp.command("RCPT TO:<" + recipient + ">")).startsWith(reply + " ");
        }
    }

    @Test
    void asksForPatienceWhileTheDirectoryIsDownAndNothingIsRemembered() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            mailFrom(smtp, ELSEWHERE);
            server.directory().fail("maintenance");

            assertThat(smtp.command("RCPT TO:<jamais.vu@demo.mssante.fr>")).startsWith("451 4.3.0 MSS-M07 ");
        } finally {
            server.directory().recover();
        }
    }

    @Test
    void offersNoLogInAndTellsNobodyWhichMailboxesExist() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            assertThat(smtp.command("EHLO client.example.fr")).doesNotContain("AUTH");
            assertThat(smtp.command("AUTH PLAIN AAA=")).startsWith("500 ");
            assertThat(smtp.command("VRFY " + DOCTOR)).startsWith("500 ");
            assertThat(smtp.command("EXPN " + DOCTOR)).startsWith("500 ");
        }
    }

    @Test
    void refusesAMessageThatAnnouncesMoreThanTheLimit() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + "> SIZE=36700161"))
                    .startsWith("552 5.3.4 MSS-M08 ");
            assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + "> SIZE=36700160"))
                    .startsWith("250 ");
        }
    }

    @Test
    void refusesAnEhloThatIsNoHostName() throws IOException {
        try (SmtpConversation smtp = server.mx()) {
            smtp.reply();

            assertThat(smtp.command("EHLO a(b) <script>")).startsWith("501 ");
        }
    }

    @Test
    void tracesARefusalWithCertificateListDateAndReply() throws IOException {
        try (SmtpConversation smtp = server.mx("unlisted").startTls()) {
            mailFrom(smtp, "trace@chu-exemple.mssante.fr");
        }

        assertThat(server.trace("COMMAND_REFUSED"))
                .filteredOn(line -> line.get(Field.RULE).orElse("").contains("trace@"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.values()).containsEntry("code", "MSS-T08");
                    assertThat(line.get(Field.CERTIFICATE_SUBJECT).orElseThrow())
                            .contains("CN=smtp.hors-liste");
                    assertThat(line.get(Field.LIST_DATE)).isPresent();
                    assertThat(line.get(Field.REPLY).orElseThrow()).startsWith("550 5.7.1 MSS-T08 ");
                    assertThat(line.get(Field.TLS).orElseThrow()).startsWith("TLSv1.3 ");
                });
    }

    @Test
    void refusesASuspendedRecipientAmongGoodOnesAlone() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            mailFrom(smtp, ELSEWHERE);

            assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
            assertThat(smtp.command("RCPT TO:<" + SUSPENDED + ">")).startsWith("550 5.2.1 ");
            assertThat(smtp.command("DATA")).startsWith("354 ");
        }
    }

    private static String mailFrom(SmtpConversation smtp, String sender) throws IOException {
        return smtp.command("MAIL FROM:<" + sender + ">");
    }
}
