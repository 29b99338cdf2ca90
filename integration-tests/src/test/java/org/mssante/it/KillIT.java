package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.it.client.Dmp;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Mailboxes.Reply;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.it.load.Leftovers;
import org.mssante.it.load.MailLoad;
import org.mssante.it.load.MailLoad.Accepted;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.mail.MailLogin;

/** Services die at any moment, under load; nothing that was accepted is lost. */
@Timeout(900)
class KillIT {
    /** Each service dies this often; twelve kills in all. */
    private static final int ROUNDS = 3;

    private static final int SESSIONS = 3;
    private static final Duration PAUSE = Duration.ofMillis(600);
    private static final int MOST_DELAY_MILLIS = 1_500;
    private static final Duration DRAIN = Duration.ofMinutes(4);

    /** {@code -Dmssante.kill.seed=N} plays the same sequence again. */
    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.kill.seed")).orElseGet(System::nanoTime);

    private final Random random = new Random(seed);

    @Test
    void losesNothingThatWasAcceptedWhenServicesAreKilled() throws IOException, SQLException {
        System.out.println("KillIT: seed " + seed);
        TestInstance instance = TestInstance.prepare("kill")
                .set(ServiceKind.SERVER, "bridge.backoff", "PT2S,PT5S")
                .set(ServiceKind.SERVER, "delivery.hold", "PT1S")
                .set(ServiceKind.BRIDGE, "work.retry.longest", "PT10S");
        try (instance) {
            instance.up();
            MailLoad load = MailLoad.ofDocuments(instance, SESSIONS, PAUSE);
            List<ServiceKind> victims = victims();
            for (ServiceKind victim : victims) {
                load.awaitProgress(SESSIONS);
                passTime(Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS)));
                instance.kill(victim);
                instance.restart(victim);
            }
            load.awaitProgress(SESSIONS);
            load.stop();

            assertThat(load.defect()).isEmpty();
            assertThat(load.refusals())
                    .as("a dead neighbour is no reason to refuse for good")
                    .allMatch(reply -> reply.startsWith("4"));
            assertThat(awaitDelivery(instance, load)).as("delivered once").doesNotHaveDuplicates();
            awaitFiling(instance, load);
            awaitReceipts(instance, load);
            report(instance, load, victims);
        }
        assertThat(Leftovers.of(instance)).as("unfinished work").isEmpty();
    }

    /** Every service in each round, in random order. */
    private List<ServiceKind> victims() {
        List<ServiceKind> victims = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<ServiceKind> all = new ArrayList<>(Arrays.asList(ServiceKind.values()));
            Collections.shuffle(all, random);
            victims.addAll(all);
        }
        return victims;
    }

    /** The moment of the kill is to fall anywhere in the life of a message: here waiting is the point. */
    private static void passTime(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }

    private static List<String> awaitDelivery(TestInstance instance, MailLoad load) {
        MailLogin login = instance.login(Mailboxes.PRACTITIONER);
        Mailboxes mailboxes = new Mailboxes(instance);
        Set<String> wanted = load.accepted().stream().map(Accepted::messageId).collect(Collectors.toSet());
        Awaitility.await("every accepted message is in the mailbox")
                .atMost(DRAIN)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(missing(wanted, mailboxes.messageIds(login)))
                        .as("accepted but not delivered")
                        .isEmpty());
        return mailboxes.messageIds(login);
    }

    private static void awaitFiling(TestInstance instance, MailLoad load) {
        Set<String> wanted = load.accepted().stream().map(Accepted::documentId).collect(Collectors.toSet());
        try (Dmp dmp = Dmp.of(instance)) {
            Awaitility.await("every document is in the DMP")
                    .atMost(DRAIN)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(missing(wanted, dmp.documents(SampleDocuments.ACTIVE_PATIENT)))
                            .as("not filed")
                            .isEmpty());
            assertThat(dmp.documents(SampleDocuments.ACTIVE_PATIENT))
                    .as("each is filed once")
                    .doesNotHaveDuplicates();
        }
        assertThat(instance.traces().find(Traces.is(Event.DOCUMENT_REFUSED)))
                .as("refused, though every document of the load may be filed")
                .isEmpty();
        // the bridge writes an end after its commit: a kill in between takes the line, and the store's own is left
        assertThat(missing(wanted, traced(instance, Event.DOCUMENT_FILED, Event.STORE_REGISTERED)))
                .as("filed, but the trace does not say so")
                .isEmpty();
    }

    private static List<String> traced(TestInstance instance, Event... events) {
        return Arrays.stream(events)
                .flatMap(event -> instance.traces().find(Traces.is(event)).stream())
                .flatMap(line -> line.get(Field.DOCUMENT_ID).stream())
                .toList();
    }

    /** Each accepted message has one receipt, which may have arrived again after a kill, and nothing else arrives. */
    private static void awaitReceipts(TestInstance instance, MailLoad load) {
        MailLogin login = instance.login(Mailboxes.LABORATORY);
        Mailboxes mailboxes = new Mailboxes(instance);
        Set<String> wanted = load.accepted().stream().map(Accepted::messageId).collect(Collectors.toSet());
        Awaitility.await("the laboratory has a receipt for every message")
                .atMost(DRAIN)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(missing(
                                wanted,
                                mailboxes.replies(login).stream()
                                        .map(Reply::inReplyTo)
                                        .toList()))
                        .as("accepted, but without receipt")
                        .isEmpty());
        List<Reply> replies = mailboxes.replies(login);
        assertThat(replies).as("receipts of success, no notices of failure").allMatch(KillIT::isReceiptOfSuccess);
        Map<String, Set<String>> receipts = replies.stream()
                .collect(Collectors.groupingBy(
                        Reply::inReplyTo, Collectors.mapping(Reply::messageId, Collectors.toSet())));
        assertThat(receipts.values()).as("each message has one receipt").allMatch(ids -> ids.size() == 1);
    }

    /** A disposition notification whose subject names no error (CI-SIS volet Transmission par messagerie). */
    private static boolean isReceiptOfSuccess(Reply reply) {
        return reply.contentType().contains("report-type=disposition-notification")
                && !reply.subject().startsWith("[KO");
    }

    private static Set<String> missing(Set<String> wanted, List<String> there) {
        Set<String> missing = new HashSet<>(wanted);
        there.forEach(missing::remove);
        return missing;
    }

    private void report(TestInstance instance, MailLoad load, List<ServiceKind> victims) throws IOException {
        Set<String> documents =
                load.accepted().stream().map(Accepted::documentId).collect(Collectors.toSet());
        String text = "KillIT: seed %d, %d kills %s; %d messages accepted, all delivered once, all filed once, "
                        .formatted(
                                seed, victims.size(), victims, load.accepted().size())
                + "one receipt for each; %d ends are traced by the store only; "
                        .formatted(missing(documents, traced(instance, Event.DOCUMENT_FILED))
                                .size())
                + "%d submissions answered 4xx, %d broken off"
                        .formatted(load.refusals().size(), load.interrupted());
        System.out.println(text);
        Path file = TestInstance.home().resolve("integration-tests/target/kill-report.txt");
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }
}
