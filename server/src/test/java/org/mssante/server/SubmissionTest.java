package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.LABO;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.trace.Field;

/** Ports 587 and 465: mail clients (mssante.md §5.3, §6). */
class SubmissionTest {
    private static final String REFUSED = "535 5.7.8 MSS-M02 Authentication failed.";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesAuthInClear() throws IOException {
        try (SmtpConversation smtp = server.submission()) {
            smtp.reply();

            assertThat(smtp.command("EHLO client.example.fr")).doesNotContain("AUTH");
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("530 5.7.0 MSS-T01 ");
        }
    }

    @Test
    void asksForALogInBeforeMail() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + ">")).startsWith("530 5.7.0 MSS-M01 ");
        }
    }

    @Test
    void letsAPersonInByPlainWithAndWithoutInitialResponse() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("235 ");
        }
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN")).isEqualTo("334");
            assertThat(smtp.command(SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("235 ");
        }
    }

    @Test
    void letsAPersonInByLogin() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(smtp.command(base64(DOCTOR))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(smtp.command(base64(PASSWORD))).startsWith("235 ");
        }
    }

    @Test
    void letsSoftwareInByItsCertificateAlone() throws IOException {
        try (SmtpConversation smtp = server.submissions("clients/" + LABO).tlsAtOnce()) {
            assertThat(smtp.command("EHLO client.example.fr")).contains("AUTH PLAIN LOGIN EXTERNAL");
            assertThat(smtp.command("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
        }
        try (SmtpConversation smtp = server.submissions("clients/" + LABO).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL " + base64(LABO))).startsWith("235 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the certificate of another mailbox, of an operator, a revoked one
        "clients/dmp@demo.mssante.fr, labo.test@demo.mssante.fr, MSS-M54",
        "operator-b, labo.test@demo.mssante.fr, MSS-M54",
        "revoked, labo.test@demo.mssante.fr, MSS-T05",
        "clients/labo.test@demo.mssante.fr, dr.test@demo.medecin.mssante.fr, MSS-M54",
    })
    void keepsACertificateToItsOwnMailboxAndSaysWhy(String certificate, String mailbox, String code)
            throws IOException {
        try (SmtpConversation smtp = server.submissions(certificate).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL " + base64(mailbox))).startsWith("535 5.7.8 " + code + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', dr.test@demo.medecin.mssante.fr, wrong",
        "'', inconnu@demo.mssante.fr, x",
        "'', suspendu@demo.mssante.fr, x",
        "'', labo.test@demo.mssante.fr, x",
        "'', cabinet.exemple@demo.mssante.fr, x",
    })
    void tellsAStrangerOneAndTheSameThing(String authorization, String person, String password) throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain(authorization, person, password)))
                    .isEqualTo(REFUSED);
        }
    }

    @Test
    void endsTheConnectionAfterTheConfiguredNumberOfFailures() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            for (int i = 0; i < 3; i++) {
                assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", DOCTOR, "wrong")))
                        .isEqualTo(REFUSED);
            }

            assertThat(smtp.isClosedByServer()).isTrue();
        }
    }

    @Test
    void letsAMemberActForTheOrganisationUnderHisOwnName() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain(PRACTICE, DOCTOR, PASSWORD)))
                    .startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + PRACTICE + ">")).startsWith("250 ");
        }
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", PRACTICE + "*" + DOCTOR, PASSWORD)))
                    .startsWith("235 ");
        }
        assertThat(server.trace("AUTHENTICATED")).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
        });
    }

    @Test
    void keepsWhoIsNoMemberOutOfTheOrganisation() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain(PRACTICE, COLLEAGUE, PASSWORD)))
                    .isEqualTo(REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dr.test@demo.medecin.mssante.fr, 250 2.1.0",
        "cabinet.exemple@demo.mssante.fr, 250 2.1.0",
        "'', 250 2.1.0",
        "dr.martin@demo.medecin.mssante.fr, 550 5.7.1 MSS-M03",
        "inconnu@demo.mssante.fr, 550 5.7.1 MSS-M03",
        "suspendu@demo.mssante.fr, 550 5.7.1 MSS-M03",
        "sortie@chu-exemple.mssante.fr, 550 5.7.1 MSS-M03",
    })
    void letsAPersonSendAsHimselfAndAsWhereHeIsAMember(String sender, String reply) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("MAIL FROM:<" + sender + ">")).startsWith(reply + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dr.martin@demo.medecin.mssante.fr, 250 2.1.5",
        "sortie@chu-exemple.mssante.fr, 250 2.1.5",
        "inconnu@demo.mssante.fr, 550 5.1.1 MSS-M04",
        "suspendu@demo.mssante.fr, 550 5.2.1 MSS-M05",
        "quelqu.un@gmail.com, 550 5.7.1 MSS-T10",
        // a matricule whose key holds; the patients' domain is not on the demonstration's list
        "255069999999934@patient.mssante.fr, 550 5.7.1 MSS-T10",
        "255069999999935@patient.mssante.fr, 553 5.1.3 MSS-M45",
        "camille.exemple@patient.mssante.fr, 553 5.1.3 MSS-M45",
        // answers by itself, and is no patient's (mssante.md §2.9)
        "reponse.automatique-test@patient.mssante.fr, 550 5.7.1 MSS-T10",
    })
    void refusesARecipientOutsideTheTrustSpaceAtOnce(String recipient, String reply) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");

            assertThat(smtp.command("RCPT TO:<" + recipient + ">")).startsWith(reply + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'From: dr.test@demo.medecin.mssante.fr', 250 2.6.0",
        "'From: \"Dr Test\" <DR.TEST@demo.medecin.mssante.fr>', 250 2.6.0",
        "'From: cabinet.exemple@demo.mssante.fr', 250 2.6.0",
        "'From: dr.martin@demo.medecin.mssante.fr', 550 5.7.1 MSS-M03",
        "'From: dr.test@demo.medecin.mssante.fr, sortie@chu-exemple.mssante.fr', 554 5.6.0 MSS-M44",
        "'From: dr.test@demo.medecin.mssante.fr\r\nSender: dr.martin@demo.medecin.mssante.fr', 550 5.7.1 MSS-M03",
        "'From: dr.test@demo.medecin.mssante.fr\r\nFrom: dr.martin@demo.medecin.mssante.fr', 554 5.6.0 MSS-M44",
        "'From: dr.martin@demo.medecin.mssante.fr <dr.test@demo.medecin.mssante.fr>', 554 5.6.0 MSS-M44",
        "'From: \"dr.martin@demo.medecin.mssante.fr\" <dr.test@demo.medecin.mssante.fr>', 550 5.7.1 MSS-M03",
        "'From: une personne', 554 5.6.0 MSS-M44",
        "'From: dr.test@demo.medecin.mssante.fr\r\nResent-From: cabinet.exemple@demo.mssante.fr', 250 2.6.0",
        "'From: dr.test@demo.medecin.mssante.fr\r\nResent-From: dr.martin@demo.medecin.mssante.fr', 550 5.7.1 MSS-M03",
        "'From: dr.test@demo.medecin.mssante.fr\r\nResent-Sender: quelqu.un@gmail.com', 550 5.7.1 MSS-M03",
        "'From: dr.test@demo.medecin.mssante.fr\r\nResent-From: <<', 554 5.6.0 MSS-M44",
        "'X-Other: a', 554 5.6.0 MSS-M44",
        "'From: dr.test@demo.medecin.mssante.fr, cabinet.exemple@demo.mssante.fr', 554 5.6.0 MSS-M44",
        "'From: dr.test@demo.medecin.mssante.fr, cabinet.exemple@demo.mssante.fr\r\nSender: dr.test@demo.medecin.mssante.fr', 250 2.6.0",
    })
    void refusesAFromHeaderThatIsNotTheSendersOwn(String headers, String reply) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");

            assertThat(smtp.data((headers + "\r\nSubject: essai\r\n\r\ntexte\r\n").getBytes(StandardCharsets.UTF_8)))
                    .startsWith(reply + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', cabinet.exemple@demo.mssante.fr, cabinet.exemple@demo.mssante.fr",
        "dr.test@demo.medecin.mssante.fr, cabinet.exemple@demo.mssante.fr, cabinet.exemple@demo.mssante.fr",
        "cabinet.exemple@demo.mssante.fr, cabinet.exemple@demo.mssante.fr, cabinet.exemple@demo.mssante.fr",
        "cabinet.exemple@demo.mssante.fr, dr.test@demo.medecin.mssante.fr, cabinet.exemple@demo.mssante.fr",
        "dr.test@demo.medecin.mssante.fr, dr.test@demo.medecin.mssante.fr, ",
    })
    void theTraceNamesThePersonAndTheMailboxHeSendsAsInTheMessageOrTheEnvelope(
            String envelope, String from, String onBehalfOf) throws IOException {
        String id = "as-" + UUID.randomUUID() + "@x";
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + envelope + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(smtp.data(("From: " + from + "\r\nMessage-ID: <" + id + ">\r\n\r\ntexte\r\n")
                            .getBytes(StandardCharsets.UTF_8)))
                    .startsWith("250 ");
        }

        assertThat(server.trace("SUBMITTED"))
                .filteredOn(line -> line.get(Field.MESSAGE_ID).orElse("").contains(id))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
                    assertThat(line.get(Field.ON_BEHALF_OF)).isEqualTo(Optional.ofNullable(onBehalfOf));
                });
    }

    @Test
    void theTraceOfARefusalNamesThePersonAndTheMailboxHeActsFor() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            smtp.command("AUTH PLAIN " + SmtpConversation.plain(PRACTICE, DOCTOR, PASSWORD));
            smtp.command("MAIL FROM:<" + PRACTICE + ">");
            assertThat(smtp.command("RCPT TO:<refus@gmail.com>")).startsWith("5");
        }

        assertThat(server.trace("COMMAND_REFUSED")).anySatisfy(line -> {
            assertThat(line.get(Field.TO)).contains("refus@gmail.com");
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'Reply-To: cabinet.exemple@demo.mssante.fr', 250 2.6.0",
        "'Reply-To: Accueil <sortie@chu-exemple.mssante.fr>, dr.test@demo.medecin.mssante.fr', 250 2.6.0",
        "'Reply-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Resent-Reply-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Reply-To: dr.test@demo.medecin.mssante.fr, quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Reply-To: dr.test@demo.medecin.mssante.fr\r\nReply-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Reply-To: groupe: quelqu.un@gmail.com;', 550 5.7.1 MSS-M60",
        "'Disposition-Notification-To: dr.test@demo.medecin.mssante.fr', 250 2.6.0",
        "'Disposition-Notification-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Mail-Followup-To: dr.test@demo.medecin.mssante.fr, sortie@chu-exemple.mssante.fr', 250 2.6.0",
        "'Mail-Followup-To: dr.test@demo.medecin.mssante.fr, quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Mail-Reply-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Errors-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'X-Confirm-Reading-To: quelqu.un@gmail.com', 550 5.7.1 MSS-M60",
        "'Return-Receipt-To: cabinet.exemple@demo.mssante.fr', 250 2.6.0",
        "'Return-Receipt-To: <quelqu.un@gmail.com>', 550 5.7.1 MSS-M60",
        "'Return-Receipt-To: personne', 550 5.7.1 MSS-M60",
    })
    void keepsAnswersInTheTrustSpace(String header, String reply) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + COLLEAGUE + ">");

            assertThat(smtp.data(("From: " + DOCTOR + "\r\n" + header + "\r\n\r\ntexte\r\n")
                            .getBytes(StandardCharsets.UTF_8)))
                    .startsWith(reply + " ");
        }
    }

    @Test
    void boundsTheRecipientsOfOneMessage() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            for (int i = 0; i < 100; i++) {
                assertThat(smtp.command("RCPT TO:<" + ELSEWHERE + ">")).startsWith("250 ");
            }

            assertThat(smtp.command("RCPT TO:<" + ELSEWHERE + ">")).startsWith("452 4.5.3 MSS-M20 ");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
