package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.LABO;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.trace.Field;

/** Ports 143 and 993: who may open which mailbox (mssante.md §5.3). */
class ImapLoginTest {
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
    void refusesEveryLogInInClear() throws IOException {
        try (ImapConversation imap = server.imap()) {
            imap.line();

            assertThat(imap.command("CAPABILITY").get(0))
                    .contains("LOGINDISABLED", "STARTTLS", " IMAP4rev1 ")
                    .doesNotContain("AUTH=");
            assertThat(imap.result("LOGIN " + DOCTOR + " x")).startsWith("NO ");
            assertThat(imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("NO ");
        }
    }

    /** James answers twice when two threads flush one buffer; that takes luck, so it is tried several times. */
    @RepeatedTest(10)
    void answersStartTlsOnce() throws IOException {
        try (ImapConversation imap = server.imap()) {
            imap.line();
            imap.result("LOGIN " + DOCTOR + " x");
            assertThat(imap.result("STARTTLS")).startsWith("OK ");
            imap.handshake();

            assertThat(imap.command("CAPABILITY")).hasSize(2).first().asString().startsWith("* CAPABILITY ");
        }
    }

    @Test
    void opensAPersonsOwnMailbox() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result(login(DOCTOR))).startsWith("OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
        }
    }

    @Test
    void asksForTheResponseOfAuthenticateOnce() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.send("a AUTHENTICATE PLAIN");
            assertThat(imap.line()).isEqualTo("+");
            imap.send(SmtpConversation.plain("", DOCTOR, PASSWORD));

            assertThat(imap.line()).startsWith("a OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
        }
    }

    @Test
    void opensAnOrganisationsMailboxUnderTheMembersOwnName() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result(login(PRACTICE + "*" + DOCTOR))).startsWith("OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
        }
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result(login(PRACTICE + "*" + DOCTOR).replace("\"", "")))
                    .startsWith("OK ");
        }
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain(PRACTICE, DOCTOR, PASSWORD)))
                    .startsWith("OK ");
        }
        assertThat(server.trace("AUTHENTICATED")).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
            assertThat(line.get(Field.PROTOCOL)).contains("IMAP");
            assertThat(line.get(Field.PEER)).contains("127.0.0.1");
        });
    }

    @Test
    void keepsOthersOutOfTheOrganisation() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result(login(PRACTICE + "*" + COLLEAGUE)))
                    .isEqualTo("NO [AUTHENTICATIONFAILED] MSS-M02 Authentication failed.");
            assertThat(imap.result(login(PRACTICE)))
                    .isEqualTo("NO [AUTHENTICATIONFAILED] MSS-M02 Authentication failed.");
        }
    }

    @Test
    void opensASoftwaresMailboxByItsCertificate() throws IOException {
        try (ImapConversation imap = server.imaps("clients/" + LABO)) {
            assertThat(imap.command("CAPABILITY").get(0)).contains("AUTH=EXTERNAL");
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
        }
        try (ImapConversation imap = server.imaps("operator-b")) {
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("NO ");
        }
    }

    @Test
    void aMailboxOfAnotherStructureThanTheCertificatesNeitherOpensNorKeepsItsOwnersOut() throws IOException {
        String foreign = "intrus@demo.mssante.fr";
        Mailbox labo =
                server.directory().mailbox(MailAddress.parse(LABO)).found().orElseThrow();
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(foreign),
                        MailboxType.APP,
                        MailboxState.ACTIVE,
                        foreign,
                        Optional.empty(),
                        Optional.of(StructureId.siret("99900001100018")),
                        List.of(),
                        labo.certificateSubject(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF));

        try (ImapConversation imap = server.imaps("clients/" + LABO)) {
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("OK ");
        }
        try (ImapConversation imap = server.imaps("clients/" + LABO)) {
            String wanted = Base64.getEncoder().encodeToString(foreign.getBytes(StandardCharsets.US_ASCII));
            assertThat(imap.result("AUTHENTICATE EXTERNAL " + wanted))
                    .startsWith("NO ")
                    .contains("MSS-M54");
        }
    }

    @Test
    void aCertificateOpensNoMailboxThatIsSuspended() throws IOException {
        server.withState(LABO, MailboxState.SUSPENDED);
        try (ImapConversation imap = server.imaps("clients/" + LABO)) {
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("NO ").contains("MSS-M54");
            server.withState(LABO, MailboxState.ACTIVE);
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("OK ");
        }
    }

    @Test
    void opensAPracticeToItsResponsibleWhoIsNoMemberByName() throws IOException {
        server.withHolder(DOCTOR, "810999010019");
        String practice = "cabinet.tilleuls@demo.mssante.fr";
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(practice),
                        MailboxType.CAB,
                        MailboxState.ACTIVE,
                        practice,
                        Optional.of(new Rpps("10999010019")),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF));

        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result(login(practice + "*" + COLLEAGUE))).startsWith("NO ");
            assertThat(imap.result(login(practice + "*" + DOCTOR))).startsWith("OK ");
            assertThat(imap.result("CREATE Archives-2026")).startsWith("OK ");
        }
    }

    @Test
    void endsTheConnectionAfterThreeFailures() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result("LOGIN " + DOCTOR + " wrong")).startsWith("NO ");
            assertThat(imap.result("LOGIN " + DOCTOR + " wrong")).startsWith("NO ");

            assertThatThrownBy(() -> imap.command("LOGIN " + DOCTOR + " wrong")).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void saysThatTheDirectoryIsDownAndCountsNoFailure() throws IOException {
        server.directory().fail("maintenance");
        try (ImapConversation imap = server.imaps()) {
            for (int i = 0; i < 4; i++) {
                assertThat(imap.result(login(DOCTOR))).contains("MSS-M07");
            }
        } finally {
            server.directory().recover();
        }
    }

    private static String login(String user) {
        return "LOGIN \"" + user + "\" {" + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + PASSWORD;
    }
}
