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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Field;

/** What a mailbox may send, by its type: {@code sending.*}. Each test has a mailbox of its own, so that none uses another's room. */
class SendingLimitsTest {
    private static final String TEAM = "equipe@demo.mssante.fr";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(
                runDir,
                Map.of(
                        "sending.recipients.max", "PER:3,CAB:0,ORG:3,APP:0",
                        "sending.message.max.bytes", "PER:20000,CAB:0,ORG:0,APP:40000",
                        "sending.attachments.max", "PER:2,CAB:0,ORG:0,APP:0",
                        "sending.attachments.max.bytes", "PER:10000,CAB:0,ORG:0,APP:0"));
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(TEAM),
                        MailboxType.CAB,
                        MailboxState.ACTIVE,
                        TEAM,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Member(MailAddress.parse(COLLEAGUE), Set.of(MemberRight.SEND))),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aMailboxSendsToSoManyRecipientsWithinTheWindowOverAllItsConnections() throws IOException {
        try (SmtpConversation first = asPractice();
                SmtpConversation second = asPractice()) {
            assertThat(send(first, PRACTICE, COLLEAGUE, ELSEWHERE)).startsWith("250 ");

            second.command("MAIL FROM:<" + PRACTICE + ">");
            assertThat(second.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("250 ");
            assertThat(second.command("RCPT TO:<" + ELSEWHERE + ">")).startsWith("450 4.7.1 MSS-M58 ");

            // beside it the first connection takes the last place
            assertThat(send(first, PRACTICE, COLLEAGUE)).startsWith("250 ");
            assertThat(second.data(message(PRACTICE, "texte"))).startsWith("450 4.7.1 MSS-M58 ");
        }
        assertThat(server.trace("COMMAND_REFUSED")).anySatisfy(line -> {
            assertThat(line.get(Field.REPLY).orElseThrow()).contains("MSS-M58");
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.DETAIL).orElseThrow()).contains(PRACTICE, "as many recipients");
        });
    }

    @Test
    void whoLogsInAsAnotherMailboxHasNoMoreRoomForHisOwn() throws IOException {
        try (SmtpConversation other = server.loggedIn(COLLEAGUE)) {
            assertThat(send(other, COLLEAGUE, DOCTOR, ELSEWHERE, LABO)).startsWith("250 ");
            other.command("MAIL FROM:<" + COLLEAGUE + ">");
            assertThat(other.command("RCPT TO:<" + DOCTOR + ">")).startsWith("450 4.7.1 MSS-M58 ");
        }
        try (SmtpConversation team = server.submission().startTls()) {
            assertThat(team.command("AUTH PLAIN " + SmtpConversation.plain(TEAM, COLLEAGUE, PASSWORD)))
                    .startsWith("235 ");
            team.command("MAIL FROM:<" + TEAM + ">");
            assertThat(team.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
            assertThat(team.data(message(COLLEAGUE, "texte"))).startsWith("450 4.7.1 MSS-M58 ");
            team.command("MAIL FROM:<" + TEAM + ">");
            team.command("RCPT TO:<" + DOCTOR + ">");
            assertThat(team.data(message(COLLEAGUE, "longue ligne de texte\r\n".repeat(1000))))
                    .startsWith("552 5.3.4 MSS-M08 ");
        }
    }

    @Test
    void aMessageIsAsLargeAsItsTypeOfMailboxMaySend() throws IOException {
        try (SmtpConversation doctor = server.loggedIn(DOCTOR);
                SmtpConversation labo = server.submissions("clients/" + LABO).tlsAtOnce()) {
            labo.command("AUTH EXTERNAL =");
            assertThat(doctor.command("MAIL FROM:<" + DOCTOR + "> SIZE=20001")).startsWith("552 5.3.4 MSS-M08 ");
            assertThat(labo.command("MAIL FROM:<" + LABO + "> SIZE=20001")).startsWith("250 ");
            labo.command("RSET");

            assertThat(doctor.command("EHLO client.example.fr")).contains("SIZE 20000");
            doctor.command("MAIL FROM:<" + DOCTOR + ">");
            doctor.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(doctor.data(message(DOCTOR, "longue ligne de texte\r\n".repeat(1000))))
                    .startsWith("552 5.3.4 MSS-M08 ");
            assertThat(labo.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
            labo.command("RCPT TO:<" + COLLEAGUE + ">");
            assertThat(labo.data(message(LABO, "longue ligne de texte\r\n".repeat(1000))))
                    .startsWith("250 ");
        }
    }

    @Test
    void attachmentsAreAsManyAndAsLargeAsTheTypeOfMailboxMaySend() throws IOException {
        String small = "--g\r\nContent-Type: application/pdf\r\n\r\npdf\r\n";
        String large = "--g\r\nContent-Type: application/pdf\r\n\r\n" + "longue ligne de contenu\r\n".repeat(500);
        try (SmtpConversation doctor = server.loggedIn(DOCTOR)) {
            assertThat(attach(doctor, small + small)).startsWith("250 ");
            assertThat(attach(doctor, small + small + small)).startsWith("552 5.3.4 MSS-M59 ");
            assertThat(attach(doctor, large)).startsWith("552 5.3.4 MSS-M59 ");
        }
    }

    private static SmtpConversation asPractice() throws IOException {
        SmtpConversation smtp = server.submission().startTls();
        assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain(PRACTICE, DOCTOR, PASSWORD)))
                .startsWith("235 ");
        return smtp;
    }

    private static String send(SmtpConversation smtp, String from, String... recipients) throws IOException {
        smtp.command("MAIL FROM:<" + from + ">");
        for (String recipient : recipients) {
            assertThat(smtp.command("RCPT TO:<" + recipient + ">")).startsWith("250 ");
        }
        return smtp.data(message(from, "texte"));
    }

    private static String attach(SmtpConversation smtp, String parts) throws IOException {
        smtp.command("MAIL FROM:<" + DOCTOR + ">");
        smtp.command("RCPT TO:<" + COLLEAGUE + ">");
        return smtp.data(
                ("From: " + DOCTOR + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=g\r\n\r\n"
                                + parts + "--g--\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(String from, String text) {
        return ("From: " + from + "\r\nSubject: essai\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
