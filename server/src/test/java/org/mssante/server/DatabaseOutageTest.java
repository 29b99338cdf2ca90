package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.server.storage.PostgresServer;

/** The database goes away under a running server and comes back: nothing answered 250 is lost, nobody restarts anything. */
@Timeout(180)
final class DatabaseOutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void anAbsentDatabaseIsATemporaryFailureAndTheServerRecoversByItself(@TempDir Path folder) throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                RunningServer server = RunningServer.start(
                        folder,
                        Map.of(
                                "storage.url",
                                postgres.create("mail"),
                                "storage.connection.timeout",
                                "PT1S",
                                // a mail that is in hand as the database goes is handed out again after its turn
                                "storage.queue.visibility.timeout",
                                "PT20S",
                                "delivery.session.timeout",
                                "PT15S",
                                "delivery.data-end.timeout",
                                "PT10S"));
                SmtpConversation sender = server.loggedIn(DOCTOR);
                ImapConversation reader = reader(server)) {
            assertThat(send(sender, "before")).startsWith("250 ");

            postgres.fail();
            assertThat(send(sender, "meanwhile")).startsWith("4");
            assertThat(reader.result("STATUS INBOX (MESSAGES)")).startsWith("NO ");

            postgres.goOn();
            await().atMost(PATIENCE).until(() -> send(sender, "after").startsWith("250 "));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(subjects(server))
                            .contains("before", "after")
                            .doesNotContain("meanwhile"));
            assertThat(reader.result("STATUS INBOX (MESSAGES)")).startsWith("OK ");
        }
    }

    /** The reply that decided: to the content, or to the command that was refused before it. */
    private static String send(SmtpConversation smtp, String subject) throws IOException {
        smtp.command("RSET");
        String reply = smtp.command("MAIL FROM:<" + DOCTOR + ">");
        if (reply.startsWith("250 ")) {
            reply = smtp.command("RCPT TO:<" + DOCTOR + ">");
        }
        return reply.startsWith("250 ")
                ? smtp.data(("From: " + DOCTOR + "\r\nTo: " + DOCTOR + "\r\nSubject: " + subject + "\r\nMessage-ID: <"
                                + subject + "@demo.medecin.mssante.fr>\r\n\r\nbonjour\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                : reply;
    }

    private static List<String> subjects(RunningServer server) throws IOException {
        try (ImapConversation imap = reader(server)) {
            return imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").stream()
                    .filter(line -> line.startsWith("Subject: "))
                    .map(line -> line.substring("Subject: ".length()))
                    .toList();
        }
    }

    private static ImapConversation reader(RunningServer server) throws IOException {
        ImapConversation imap = server.imaps();
        imap.command(
                "LOGIN \"" + DOCTOR + "\" {" + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + PASSWORD);
        imap.command("SELECT INBOX");
        return imap;
    }
}
