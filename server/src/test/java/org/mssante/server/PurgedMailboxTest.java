package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.trace.Field;

/** Of a mailbox that is PURGED nothing is left; of one in any other state everything. */
@Timeout(120)
class PurgedMailboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of("mailbox.purged.check", "PT0.2S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itsMessagesAreDeletedAndThoseOfAClosedOneAreKept() throws Exception {
        deliver(COLLEAGUE);
        deliver(DOCTOR);
        server.withState(DOCTOR, MailboxState.CLOSED);
        server.withState(COLLEAGUE, MailboxState.PURGED);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("MAILBOX_EMPTIED")).isNotEmpty());

        assertThat(server.trace("MAILBOX_EMPTIED")).singleElement().satisfies(line -> {
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(COLLEAGUE);
            assertThat(line.get(Field.COUNT)).contains("1");
        });
        server.withState(COLLEAGUE, MailboxState.ACTIVE);
        server.withState(DOCTOR, MailboxState.ACTIVE);
        assertThat(server.firstMessage(COLLEAGUE)).isEmpty();
        assertThat(server.firstMessage(DOCTOR)).isPresent();
    }

    private void deliver(String recipient) throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            smtp.command("MAIL FROM:<" + DOCTOR + ">");
            smtp.command("RCPT TO:<" + recipient + ">");
            assertThat(smtp.data(("From: " + DOCTOR + "\r\n\r\nbonjour\r\n").getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.trace("DELIVERED"))
                        .anySatisfy(line -> assertThat(line.get(Field.TO)).contains(recipient)));
    }
}
