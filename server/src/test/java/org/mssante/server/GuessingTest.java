package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failed log-ins of one address, and of one name, count together, whatever connection and protocol they come over. */
@Timeout(120)
class GuessingTest {
    private static final int FREE = 3;
    private static final String NOBODY = "personne@demo.mssante.fr";

    @TempDir
    private Path runDir;

    @Test
    void anAddressThatGuessesOverImapIsAskedForNoMorePasswords() throws IOException {
        try (RunningServer server = start("address")) {
            for (int i = 0; i <= FREE; i++) {
                assertThat(imap(server, "nobody" + i + "@demo.mssante.fr", "wrong"))
                        .contains("AUTHENTICATIONFAILED");
            }
            assertThat(imap(server, DOCTOR, PASSWORD)).contains("NO ", "MSS-M43");
            assertThat(smtp(server, DOCTOR, PASSWORD)).startsWith("454 4.7.0 MSS-M43 ");
        }
    }

    @Test
    void aNameThatIsGuessedAtWaitsOverBothProtocolsWhetherThereIsSuchAMailboxOrNot() throws IOException {
        try (RunningServer server = start("account")) {
            for (String name : new String[] {DOCTOR, NOBODY}) {
                for (int i = 0; i <= FREE; i++) {
                    assertThat(smtp(server, name, "wrong")).startsWith("535 5.7.8 MSS-M02 ");
                }
                assertThat(smtp(server, name, PASSWORD)).startsWith("454 4.7.0 MSS-M43 ");
                assertThat(imap(server, name, PASSWORD)).contains("NO [UNAVAILABLE] MSS-M43 ");
            }
            assertThat(smtp(server, COLLEAGUE, PASSWORD)).startsWith("235 ");
        }
    }

    @Test
    void whoProvesWhoHeIsAndMayNotDoWhatHeAsksForHasGuessedNothing() throws IOException {
        try (RunningServer server = start("account")) {
            for (int i = 0; i <= FREE; i++) {
                assertThat(imap(server, NOBODY + "*" + DOCTOR, PASSWORD)).contains("AUTHENTICATIONFAILED");
            }
            assertThat(imap(server, DOCTOR, PASSWORD)).startsWith("OK ");
        }
    }

    private RunningServer start(String counted) throws IOException {
        return RunningServer.start(
                runDir,
                Map.of(
                        "auth.failures." + counted + ".free",
                        String.valueOf(FREE),
                        "auth.failures.delay.first",
                        "PT5M"));
    }

    private static String imap(RunningServer server, String name, String password) throws IOException {
        try (ImapConversation imap = server.imaps()) {
            return imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain("", name, password));
        }
    }

    private static String smtp(RunningServer server, String name, String password) throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            return smtp.command("AUTH PLAIN " + SmtpConversation.plain("", name, password));
        }
    }
}
