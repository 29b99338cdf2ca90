package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.server.storage.PostgresServer;

/** Two servers, two processes, one PostgreSQL database. */
class TwoNodesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private PostgresServer postgres;
    private ServerNode first;
    private ServerNode second;

    @BeforeEach
    void startAtTheSameTime() throws Exception {
        postgres = PostgresServer.start();
        Map<String, String> changes =
                Map.of("storage.url", postgres.create("mail"), "storage.queue.visibility.timeout", "PT5S");
        Path authorities = folder.resolve("authorities");
        authorities.toFile().mkdirs();
        RunningServer.linkCertificates(authorities);
        ServerNode.Starting one = ServerNode.start(folder.resolve("one"), changes);
        ServerNode.Starting other = ServerNode.start(folder.resolve("other"), changes);
        first = one.ready();
        second = other.ready();
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
        postgres.close();
    }

    @Test
    void drainsTheQueueOfANodeThatWasKilled() throws Exception {
        Set<String> accepted = deliver(second, "second", 40);
        second.kill();

        await().atMost(PATIENCE).until(() -> subjects(first, "INBOX").containsAll(accepted));
    }

    /** The subjects of what the node accepted. */
    private static Set<String> deliver(ServerNode node, String name, int count) throws IOException {
        Set<String> accepted = new HashSet<>();
        try (SmtpConversation smtp = node.mx()) {
            for (int i = 0; i < count; i++) {
                String subject = name + "-" + i;
                smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
                smtp.command("RCPT TO:<" + PRACTICE + ">");
                String reply = smtp.data(("From: " + ELSEWHERE + "\r\nTo: " + PRACTICE + "\r\nSubject: " + subject
                                + "\r\nMessage-ID: <" + subject + "@chu-exemple.mssante.fr>\r\n\r\nbonjour\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(reply).startsWith("250 ");
                accepted.add(subject);
            }
        }
        return accepted;
    }

    private static List<String> subjects(ServerNode node, String... mailboxes) throws IOException {
        List<String> subjects = new ArrayList<>();
        for (String mailbox : mailboxes) {
            try (ImapConversation imap = node.imap(PRACTICE, DOCTOR)) {
                imap.command("SELECT " + mailbox);
                imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").stream()
                        .filter(line -> line.startsWith("Subject: "))
                        .map(line -> line.substring("Subject: ".length()))
                        .forEach(subjects::add);
            }
        }
        return subjects;
    }
}
