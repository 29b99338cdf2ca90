package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.LABO;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

/** Whoever logs in or sends is judged by what the annuaire says now, however long the server remembers its answers. */
class RightsOfTheMomentTest {
    private static final String CLIENT = "clients/" + LABO;
    private static final String MEMBER = PRACTICE + "*" + COLLEAGUE;

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server =
                RunningServer.start(runDir, Map.of("directory.cache.fresh", "PT1H", "sessions.rights.check", "PT0.2S"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void restore() {
        server.directory().recover();
        server.withState(LABO, MailboxState.ACTIVE);
        server.withState(DOCTOR, MailboxState.ACTIVE);
    }

    @Test
    void aSuspendedMailboxLogsInNoMoreAndAReopenedOneAtOnce() throws IOException {
        assertThat(byCertificate()).startsWith("OK ");
        server.withState(LABO, MailboxState.SUSPENDED);
        assertThat(byCertificate()).startsWith("NO [AUTHENTICATIONFAILED] ");
        server.withState(LABO, MailboxState.ACTIVE);
        assertThat(byCertificate()).startsWith("OK ");
    }

    @Test
    void aSuspendedMailboxSendsNoMore() throws IOException {
        try (SmtpConversation smtp = server.submissions(CLIENT).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
            smtp.command("RSET");
            server.withState(LABO, MailboxState.SUSPENDED);
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("550 5.2.1 MSS-M05 ");
        }
    }

    @Test
    void aMemberWhoIsTakenOffNeitherLogsInNorSendsAndOneWhoIsTakenInDoes() throws IOException {
        members(COLLEAGUE, DOCTOR);
        assertThat(byPassword()).startsWith("OK ");
        try (SmtpConversation smtp = server.loggedIn(COLLEAGUE)) {
            assertThat(smtp.command("MAIL FROM:<" + PRACTICE + ">")).startsWith("250 ");
            smtp.command("RSET");
            members(DOCTOR);
            assertThat(smtp.command("MAIL FROM:<" + PRACTICE + ">")).startsWith("550 5.7.1 MSS-M03 ");
            assertThat(smtp.command("MAIL FROM:<" + COLLEAGUE + ">")).startsWith("250 ");
            assertThat(smtp.command("RCPT TO:<" + PRACTICE + ">")).startsWith("250 ");
            assertThat(smtp.command("DATA")).startsWith("354 ");
            assertThat(smtp.command("From: " + PRACTICE + "\r\n\r\nun\r\n.")).startsWith("550 5.7.1 MSS-M03 ");
        }
        assertThat(byPassword()).startsWith("NO [AUTHENTICATIONFAILED] ");
        members(COLLEAGUE, DOCTOR);
        assertThat(byPassword()).startsWith("OK ");
    }

    @Test
    void aRecipientIsRememberedUntilARoundHasSeenItsEnd() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD);
                SmtpConversation smtp = server.loggedIn(COLLEAGUE)) {
            smtp.command("MAIL FROM:<" + COLLEAGUE + ">");
            assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
            server.withState(DOCTOR, MailboxState.SUSPENDED);
            assertThat(imap.line()).startsWith("* BYE MSS-M05 ");
            assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("550 5.2.1 MSS-M05 ");
        }
    }

    @Test
    void whileTheAnnuaireIsSilentWhatItSaidLastHolds() throws IOException {
        assertThat(byCertificate()).startsWith("OK ");
        try (SmtpConversation smtp = server.submissions(CLIENT).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
            smtp.command("RSET");
            server.directory().fail("maintenance");
            assertThat(byCertificate()).startsWith("OK ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
        }
    }

    private static String byCertificate() throws IOException {
        try (ImapConversation imap = server.imaps(CLIENT)) {
            return imap.result("AUTHENTICATE EXTERNAL =");
        }
    }

    private static String byPassword() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            return imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain("", MEMBER, PASSWORD));
        }
    }

    private static void members(String... members) {
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(PRACTICE),
                        MailboxType.ORG,
                        MailboxState.ACTIVE,
                        PRACTICE,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(members).stream()
                                .map(member -> new Member(MailAddress.parse(member), EnumSet.allOf(MemberRight.class)))
                                .toList(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF));
    }
}
