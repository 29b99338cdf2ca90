package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.it.load.MailDatabase.number;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.id.MailAddress;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.load.MailDatabase;
import org.mssante.it.load.MailLoad;
import org.mssante.it.load.MailLoad.Accepted;
import org.mssante.it.load.MailLoad.Letter;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.mail.ComposedMail;

/**
 * The mail server dies at any moment, under load, on each database: what it accepted is in each mailbox once, and all its
 * books agree. It runs where {@code -Dmssante.storage.kills=50} says how often to kill; {@code -Dmssante.kill.seed=N} plays
 * a sequence again, {@code -Dmssante.storage.test.url=jdbc:postgresql://…} names the PostgreSQL database, whose contents are
 * deleted.
 */
@Timeout(3600)
class StorageKillIT {
    private static final int KILLS = Integer.getInteger("mssante.storage.kills", 0);
    private static final int SESSIONS = 8;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int MOST_DELAY_MILLIS = 1_500;
    private static final Duration DRAIN = Duration.ofMinutes(4);
    private static final List<MailAddress> RECIPIENTS = List.of(Mailboxes.COLLEAGUE, Mailboxes.LABORATORY);

    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.kill.seed")).orElseGet(System::nanoTime);

    private final Random random = new Random(seed);

    @Test
    void deliversOnceOnTheEmbeddedDatabase() throws IOException, SQLException {
        killAndCount("h2", MailDatabase.embedded());
    }

    @Test
    void deliversOnceOnPostgresql() throws IOException, SQLException {
        Optional<MailDatabase> database = MailDatabase.postgresql();
        Assumptions.assumeTrue(database.isPresent(), "no -Dmssante.storage.test.url");
        killAndCount("postgresql", database.orElseThrow());
    }

    private void killAndCount(String name, MailDatabase database) throws IOException, SQLException {
        Assumptions.assumeTrue(KILLS > 0, "no -Dmssante.storage.kills");
        TestInstance instance = TestInstance.prepare("storage-kill-" + name)
                .set(ServiceKind.SERVER, "delivery.data-end.timeout", "PT10S");
        database.prepare(instance);
        MailLoad load;
        List<List<String>> inboxes;
        try (instance) {
            instance.up();
            load = MailLoad.start(instance, SESSIONS, PAUSE, StorageKillIT::letter);
            for (int i = 0; i < KILLS; i++) {
                load.awaitProgress(SESSIONS);
                passTime(Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS)));
                instance.kill(ServiceKind.SERVER);
                instance.restart(ServiceKind.SERVER);
            }
            load.awaitProgress(SESSIONS);
            load.stop();
            assertThat(load.defect()).isEmpty();
            inboxes = awaitDelivery(instance, load);
            report(name, load, inboxes);
        }
        for (List<String> inbox : inboxes) {
            assertThat(inbox).as("delivered more than once, seed %d", seed).doesNotHaveDuplicates();
        }
        assertThat(inboxes.get(0)).as("each message for both").containsExactlyInAnyOrderElementsOf(inboxes.get(1));
        try (Connection connection = database.open(instance)) {
            booksAgree(connection, inboxes);
        }
    }

    private static Letter letter() {
        ComposedMail mail = new ComposedMail(
                ComposedMail.newMessageId(Mailboxes.LABORATORY),
                Instant.now(),
                Mailboxes.LABORATORY,
                RECIPIENTS,
                "Compte rendu",
                "Bonjour, ceci est un texte. ".repeat(700),
                List.of(),
                Optional.empty());
        return new Letter(mail, "");
    }

    /** The moment of the kill is to fall anywhere in the life of a message: here waiting is the point. */
    private static void passTime(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }

    private List<List<String>> awaitDelivery(TestInstance instance, MailLoad load) {
        Mailboxes mailboxes = new Mailboxes(instance);
        Set<String> wanted = load.accepted().stream().map(Accepted::messageId).collect(Collectors.toSet());
        List<List<String>> inboxes = new ArrayList<>();
        for (MailAddress recipient : RECIPIENTS) {
            Awaitility.await("every accepted message is in the mailbox of " + recipient)
                    .atMost(DRAIN)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(mailboxes.messageIds(instance.login(recipient)))
                            .as("accepted but not delivered, seed %d", seed)
                            .containsAll(wanted));
        }
        for (MailAddress recipient : RECIPIENTS) {
            List<String> inbox = mailboxes.messageIds(instance.login(recipient));
            assertThat(mailboxes.search(instance.login(recipient), "Compte rendu"))
                    .as("found by a search in the mailbox of " + recipient)
                    .isEqualTo(inbox.size());
            inboxes.add(inbox);
        }
        return inboxes;
    }

    /** What the server keeps count of is what is there. */
    private static void booksAgree(Connection connection, List<List<String>> inboxes) throws SQLException {
        assertThat(number(connection, "SELECT COUNT(*) FROM queue_item"))
                .as("left in queues")
                .isZero();
        assertThat(number(connection, "SELECT COUNT(*) FROM repository_mail"))
                .as("in quarantine")
                .isZero();
        assertThat(number(connection, "SELECT COUNT(*) FROM mailbox_message"))
                .isGreaterThanOrEqualTo(inboxes.stream().mapToInt(List::size).sum());
        assertThat(number(connection, """
                SELECT COUNT(*) FROM (SELECT b.owner, b.namespace, COUNT(*) AS messages, SUM(m.octets) AS octets
                FROM mailbox b JOIN mailbox_message mm ON mm.mailbox_id = b.id JOIN message m ON m.id = mm.message_id
                GROUP BY b.owner, b.namespace) held
                LEFT JOIN quota_usage q ON q.root = CONCAT(held.namespace, '&', held.owner)
                    AND q.messages = held.messages AND q.octets = held.octets
                WHERE q.root IS NULL"""))
                .as("quotas that differ from what the mailboxes hold")
                .isZero();
        assertThat(number(connection, """
                SELECT COUNT(*) FROM mailbox b WHERE last_uid < (SELECT COALESCE(MAX(uid), 0) FROM mailbox_message
                WHERE mailbox_id = b.id) OR highest_modseq < (SELECT COALESCE(MAX(modseq), 0) FROM mailbox_message
                WHERE mailbox_id = b.id)"""))
                .as("mailboxes that would give out a UID or modification sequence again")
                .isZero();
        assertThat(number(connection, """
                SELECT COUNT(*) FROM body b WHERE octets <> (SELECT COALESCE(SUM(OCTET_LENGTH(data)), 0) FROM body_chunk
                WHERE body_id = b.id)""")).as("bodies that are not whole").isZero();
    }

    private void report(String name, MailLoad load, List<List<String>> inboxes) throws IOException {
        long twice = inboxes.stream()
                .mapToLong(inbox -> inbox.size() - inbox.stream().distinct().count())
                .sum();
        String text =
                "StorageKillIT on %s: seed %d, %d kills; %d messages for %d mailboxes accepted, 0 lost, %d duplicated; %d answered 4xx, %d broken off"
                        .formatted(
                                name,
                                seed,
                                KILLS,
                                load.accepted().size(),
                                RECIPIENTS.size(),
                                twice,
                                load.refusals().size(),
                                load.interrupted());
        System.out.println(text);
        Path file = TestInstance.home().resolve("integration-tests/target/storage-kill-" + name + ".txt");
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }
}
