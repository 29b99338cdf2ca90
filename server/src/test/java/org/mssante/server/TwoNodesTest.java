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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.server.storage.PostgresServer;

/** Two servers, two processes, one PostgreSQL database: started once, so the test that kills one of them comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesTest {
    /** {@code -Dmssante.nodes.messages=10000} takes its time. */
    private static final int MESSAGES = Integer.getInteger("mssante.nodes.messages", 100);

    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(50L * MESSAGES);
    private static final Pattern COPY_UID = Pattern.compile("COPYUID \\d+ \\S+ (\\d+)\\]");
    private static final Pattern UID = Pattern.compile("FETCH \\(UID (\\d+)");

    /** What has to be ended: nothing where PostgreSQL is not installed. */
    private static final List<AutoCloseable> STARTED = new ArrayList<>();

    private static ServerNode first;
    private static ServerNode second;

    @BeforeAll
    static void startAtTheSameTime(@TempDir Path folder) throws Exception {
        PostgresServer postgres = PostgresServer.start();
        STARTED.add(postgres);
        Map<String, String> changes = Map.of("storage.url", postgres.create("mail"));
        Path authorities = folder.resolve("authorities");
        authorities.toFile().mkdirs();
        RunningServer.linkCertificates(authorities);
        ServerNode.Starting one = ServerNode.start(folder.resolve("one"), changes);
        ServerNode.Starting other = ServerNode.start(folder.resolve("other"), changes);
        first = one.ready();
        STARTED.add(first);
        second = other.ready();
        STARTED.add(second);
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = STARTED.size() - 1; i >= 0; i--) {
            STARTED.get(i).close();
        }
    }

    /** Each test waits for all it sent, so nothing of another one arrives later. */
    @BeforeEach
    void emptyTheMailbox() throws IOException {
        try (ImapConversation imap = first.imap(PRACTICE, DOCTOR)) {
            for (String mailbox : List.of("INBOX", "Archives")) {
                imap.command("SELECT " + mailbox);
                imap.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
                assertThat(imap.result("EXPUNGE")).startsWith("OK ");
            }
        }
        assertThat(subjects(second, "INBOX", "Archives")).isEmpty();
    }

    @Test
    @Order(1)
    void givesNoUidTwiceWhileBothDeliverAndMove() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Future<Set<String>> delivered = clients.submit(() -> deliver(first, "first", MESSAGES / 2));
            Future<Set<String>> deliveredToo = clients.submit(() -> deliver(second, "second", MESSAGES / 2));
            Future<List<Long>> moved = clients.submit(() -> move(first, MESSAGES / 4));
            Future<List<Long>> movedToo = clients.submit(() -> move(second, MESSAGES / 4));

            List<Long> archived = new ArrayList<>(moved.get());
            archived.addAll(movedToo.get());
            Set<String> accepted = new HashSet<>(delivered.get());
            accepted.addAll(deliveredToo.get());

            assertThat(archived).doesNotHaveDuplicates();
            await().atMost(PATIENCE)
                    .until(() -> subjects(second, "INBOX", "Archives").size() >= accepted.size());
            assertThat(subjects(second, "INBOX", "Archives")).containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(uids(first, "Archives")).containsExactlyInAnyOrderElementsOf(archived);
            assertThat(uids(first, "INBOX")).doesNotHaveDuplicates().isEqualTo(uids(second, "INBOX"));
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    @Order(2)
    void tellsAnIdleClientOfWhatHappensOnTheOtherNode() throws Exception {
        deliver(first, "first", 1);
        await().atMost(PATIENCE).until(() -> !uids(first, "INBOX").isEmpty());
        try (ImapConversation idle = first.imap(PRACTICE, DOCTOR);
                ImapConversation changing = second.imap(PRACTICE, DOCTOR)) {
            changing.command("SELECT INBOX");
            idle.command("SELECT INBOX");
            idle.send("i IDLE");
            idle.line();
            List<Duration> delays = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String flag = i % 2 == 0 ? "+" : "-";
                assertThat(changing.result("STORE 1 " + flag + "FLAGS (\\Flagged)"))
                        .startsWith("OK ");
                long begin = System.nanoTime();
                String line = idle.line();
                delays.add(Duration.ofNanos(System.nanoTime() - begin));
                assertThat(line).contains("FETCH").matches(i % 2 == 0 ? ".*Flagged.*" : "(?!.*Flagged).*");
            }
            Collections.sort(delays);
            System.out.println("an idle client heard of the other node's change within " + delays);
            assertThat(delays.get(delays.size() / 2)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    @Order(3)
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

    /** Moves what is in the inbox, first or last, until enough is moved; returns the new UIDs. */
    private static List<Long> move(ServerNode node, int enough) throws IOException {
        List<Long> moved = new ArrayList<>();
        try (ImapConversation imap = node.imap(PRACTICE, DOCTOR)) {
            imap.command("SELECT INBOX");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (moved.size() < enough && System.nanoTime() < deadline) {
                int before = moved.size();
                for (long uid : numbers(imap.command("UID FETCH 1:* (UID)"))) {
                    imap.command("UID MOVE " + uid + " Archives").stream()
                            .map(COPY_UID::matcher)
                            .filter(Matcher::find)
                            .forEach(match -> moved.add(Long.valueOf(match.group(1))));
                    if (moved.size() == enough) {
                        break;
                    }
                }
                // patience is for the next message, not for all of them
                deadline = moved.size() > before ? System.nanoTime() + PATIENCE.toNanos() : deadline;
            }
        }
        assertThat(moved).hasSize(enough);
        return moved;
    }

    private static List<Long> uids(ServerNode node, String mailbox) throws IOException {
        try (ImapConversation imap = node.imap(PRACTICE, DOCTOR)) {
            imap.command("SELECT " + mailbox);
            return numbers(imap.command("UID FETCH 1:* (UID)"));
        }
    }

    private static List<Long> numbers(List<String> answer) {
        return answer.stream()
                .map(UID::matcher)
                .filter(Matcher::find)
                .map(match -> Long.valueOf(match.group(1)))
                .toList();
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
