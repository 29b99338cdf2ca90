package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failed log-ins of one address count together, whatever connection and protocol they come over. */
@Timeout(120)
class FailedLoginsTest {
    private static final int ALLOWED = 4;

    @Test
    void anAddressThatGuessesOverImapIsAskedForNoMorePasswords(@TempDir Path runDir) throws IOException {
        try (RunningServer server =
                RunningServer.start(runDir, Map.of("auth.failures.per.address.max", String.valueOf(ALLOWED)))) {
            for (int i = 0; i < ALLOWED; i++) {
                try (ImapConversation imap = server.imaps()) {
                    assertThat(imap.result("LOGIN " + DOCTOR + " wrong" + i)).startsWith("NO ");
                }
            }
            String right = SmtpConversation.plain("", DOCTOR, PASSWORD);
            try (ImapConversation imap = server.imaps()) {
                assertThat(imap.result("AUTHENTICATE PLAIN " + right)).contains("NO ", "MSS-M43");
            }
            try (SmtpConversation smtp = server.submission().startTls()) {
                assertThat(smtp.command("AUTH PLAIN " + right)).startsWith("454 4.7.0 MSS-M43 ");
            }
        }
    }
}
