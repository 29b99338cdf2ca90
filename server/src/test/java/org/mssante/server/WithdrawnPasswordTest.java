package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;

/** A password of a person is withdrawn while sessions live that it opened. */
@Timeout(120)
class WithdrawnPasswordTest {
    @TempDir
    private Path runDir;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(runDir, Map.of("sessions.rights.check", "PT0.2S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hisImapSessionsEndWhereverTheyAreAndNobodyElses() throws IOException {
        try (ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD);
                ImapConversation shared = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD);
                ImapConversation colleague = server.imaps().loggedIn(COLLEAGUE, PASSWORD)) {
            own.result("SELECT INBOX");
            own.send("a IDLE");
            assertThat(own.line()).startsWith("+");
            withdraw();

            assertThat(own.line()).startsWith("* BYE MSS-M63 ");
            assertThat(shared.line()).startsWith("* BYE MSS-M63 ");
            assertThat(colleague.result("NOOP")).startsWith("OK ");
        }
        assertThat(server.trace("SESSION_ENDED")).hasSize(2).allSatisfy(line -> {
            assertThat(line.outcome()).contains(Outcome.PASSWORD_WITHDRAWN);
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
        });
    }

    @Test
    void hisSmtpSessionEndsAndWhoLogsInAgainSends() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + ">")).startsWith("250 ");
            assertThat(smtp.command("RSET")).startsWith("250 ");
            withdraw();

            assertThat(smtp.reply()).startsWith("421 4.7.0 MSS-M63 ");
        }
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + ">")).startsWith("250 ");
        }
    }

    @Test
    void aSessionThatBeganAfterwardsLives() throws IOException {
        withdraw();
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> imap.result("NOOP").startsWith("OK "));
        }
    }

    private void withdraw() {
        Mailbox known =
                server.directory().mailbox(MailAddress.parse(DOCTOR)).found().orElseThrow();
        server.directory()
                .with(new Mailbox(
                        known.address(),
                        known.type(),
                        known.state(),
                        known.displayName(),
                        known.holder(),
                        known.structure(),
                        known.members(),
                        known.certificateSubject(),
                        known.certificateStructure(),
                        known.signingPolicy(),
                        known.dmpFiling(),
                        known.language(),
                        known.absence(),
                        known.credentialsVersion() + 1));
    }
}
