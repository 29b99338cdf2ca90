package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.outcome.Outcome;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Mailboxes.Reply;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.load.ChaosLetters;
import org.mssante.it.load.ChaosLetters.Expected;
import org.mssante.it.load.FaultyDmp;
import org.mssante.it.load.FilingBooks;
import org.mssante.it.load.FilingBooks.End;
import org.mssante.it.load.FilingBooks.Registered;
import org.mssante.it.load.Leftovers;
import org.mssante.it.load.MailLoad;
import org.mssante.it.load.MailLoad.Accepted;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.mail.MailLogin;

/**
 * The DMP answers slowly, wrongly, half or not at all, and bridge and store die at any moment, while mails come in: each
 * document ends once, as it should, and the books of bridge and store agree. {@code -Dmssante.chaos.mails=5000} makes it
 * long, {@code -Dmssante.kill.seed=N} plays the same kills and faults again.
 */
@Timeout(7200)
class ChaosIT {
    private static final int MAILS = Integer.getInteger("mssante.chaos.mails", 200);
    /** The shortest run has a few kills, a long one many. */
    private static final int KILLS = 2 + MAILS / 100;

    private static final int SESSIONS = 4;
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** A mail causes a request at least, and a kill comes after so many at most: the kills are over before the mails are. */
    private static final int MOST_REQUESTS = MAILS / KILLS;

    private static final int MOST_DELAY_MILLIS = 500;
    private static final Duration PATIENCE_WITH_THE_DMP = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofMinutes(4).plus(Duration.ofMillis(60L * MAILS));
    private static final List<Set<ServiceKind>> VICTIMS = List.of(
            Set.of(ServiceKind.BRIDGE), Set.of(ServiceKind.STORE), Set.of(ServiceKind.STORE, ServiceKind.BRIDGE));

    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.kill.seed")).orElseGet(System::nanoTime);

    private final Random random = new Random(seed);

    @Test
    void everyDocumentEndsOnceWhateverTheDmpDoes() throws IOException, SQLException {
        System.out.println("ChaosIT: seed " + seed);
        TestInstance instance = TestInstance.prepare("chaos")
                .withCertificates()
                .set(ServiceKind.SERVER, "bridge.backoff", "PT2S,PT5S")
                .set(ServiceKind.SERVER, "delivery.hold", "PT1S")
                .set(ServiceKind.BRIDGE, "work.retry.first", "PT0.5S")
                .set(ServiceKind.BRIDGE, "work.retry.longest", "PT5S")
                // being in hand at a kill is no fault of a document: with so many kills, some are there often
                .set(ServiceKind.BRIDGE, "work.max-failures", "20");
        ChaosLetters letters = new ChaosLetters(new Random(random.nextLong()));
        MailLoad load;
        String faults;
        try (FaultyDmp dmp =
                        FaultyDmp.before(instance, PATIENCE_WITH_THE_DMP, new Random(random.nextLong()), 4L * MAILS);
                instance) {
            instance.up();
            load = MailLoad.start(instance, SESSIONS, PAUSE, letters, MAILS);
            for (int i = 0; i < KILLS; i++) {
                killSome(instance, dmp);
            }
            while (load.accepted().size() < MAILS) {
                load.awaitProgress(1);
            }
            load.stop();
            assertThat(load.defect()).isEmpty();
            assertThat(load.refusals())
                    .as("a dead neighbour is no reason to refuse")
                    .isEmpty();
            awaitReceipts(instance, load, letters.expected());
            faults = dmp.toString();
        }
        assertThat(Leftovers.of(instance)).as("unfinished work, seed %d", seed).isEmpty();
        FilingBooks books = FilingBooks.of(instance);
        report(load, books, faults);
        eachEndedAsItShould(load, letters.expected(), books);
        theDmpHoldsEachOnce(letters.expected(), books);
    }

    private void killSome(TestInstance instance, FaultyDmp dmp) {
        Set<ServiceKind> victims = VICTIMS.get(random.nextInt(VICTIMS.size()));
        dmp.awaitRequests(1 + random.nextInt(MOST_REQUESTS));
        passTime(Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS)));
        victims.forEach(instance::kill);
        victims.forEach(instance::restart);
    }

    /** The moment of the kill is to fall anywhere in the life of a document: here waiting is the point. */
    private static void passTime(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }

    /** Every mail asks for a receipt: one for each says that all has ended. */
    private void awaitReceipts(TestInstance instance, MailLoad load, Map<String, Expected> expected) {
        MailLogin login = instance.login(Mailboxes.LABORATORY);
        Mailboxes mailboxes = new Mailboxes(instance);
        Set<String> accepted = load.accepted().stream().map(Accepted::messageId).collect(Collectors.toSet());
        Awaitility.await("the sender has a receipt for every mail")
                .atMost(DRAIN)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(mailboxes.replies(login).stream()
                                .map(Reply::inReplyTo)
                                .collect(Collectors.toSet()))
                        .as("answered, seed %d", seed)
                        .containsAll(accepted));
        Map<String, Set<Receipt>> receipts = mailboxes.replies(login).stream()
                .collect(Collectors.groupingBy(Reply::inReplyTo, Collectors.mapping(Receipt::of, Collectors.toSet())));
        receipts.forEach((message, each) -> assertThat(each)
                .as("the receipt for %s says what became of it, seed %d", message, seed)
                .singleElement()
                .extracting(Receipt::filed)
                .isEqualTo(expected.get(message).filed()));
    }

    /** One that is sent again after a kill is the same receipt. */
    private record Receipt(String messageId, boolean filed) {
        /** CI-SIS, transmission of documents by MSSanté: the subject names the error. */
        static Receipt of(Reply reply) {
            return new Receipt(reply.messageId(), !reply.subject().startsWith("[KO"));
        }
    }

    private void eachEndedAsItShould(MailLoad load, Map<String, Expected> expected, FilingBooks books) {
        Map<String, List<End>> ends = books.ends().stream().collect(Collectors.groupingBy(End::messageId));
        assertThat(load.accepted())
                .as("each accepted mail's document has one end, seed %d", seed)
                .allSatisfy(mail -> assertThat(ends.get(mail.messageId())).hasSize(1));
        // a mail whose sender heard nothing may have been accepted all the same
        assertThat(books.ends())
                .as("and the end it has to have, seed %d", seed)
                .allSatisfy(end -> assertThat(end.outcome())
                        .as("%s", end)
                        .hasValueSatisfying(outcome -> assertThat(outcome.verdict() != Outcome.Verdict.REFUSED)
                                .isEqualTo(expected.get(end.messageId()).filed())));
    }

    private void theDmpHoldsEachOnce(Map<String, Expected> expected, FilingBooks books) {
        Map<String, Expected> ofDocument = expected.values().stream()
                .collect(Collectors.toMap(Expected::documentId, Function.identity(), (one, other) -> one));
        Set<String> ended = books.ends().stream()
                .filter(end -> expected.get(end.messageId()).filed())
                .flatMap(end -> end.documentId().stream())
                .collect(Collectors.toSet());
        assertThat(books.registered().stream().map(Registered::documentId))
                .as("in the DMP once, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(ended);
        assertThat(books.registered())
                .as("octet by octet what was sent, seed %d", seed)
                .allSatisfy(document -> {
                    assertThat(document.hash())
                            .isEqualTo(ofDocument.get(document.documentId()).hash());
                    assertThat(document.octets()).isEqualTo(document.size());
                });
        assertThat(books.submissions())
                .as("one submission for each document, seed %d", seed)
                .isEqualTo(books.registered().size());
        Map<String, Long> filings = books.ends().stream()
                .filter(end -> end.outcome().equals(Optional.of(Outcome.DOCUMENT_FILED)))
                .collect(Collectors.groupingBy(end -> end.documentId().orElseThrow(), Collectors.counting()));
        assertThat(filings)
                .as("filed by one mail, already there for the others; seed %d", seed)
                .allSatisfy((document, times) -> assertThat(times).isOne());
    }

    private void report(MailLoad load, FilingBooks books, String faults) throws IOException {
        Map<String, Long> sums = books.ends().stream()
                .map(end -> end.outcome().map(Outcome::code).orElse(end.state()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        String text =
                ("ChaosIT: seed %d, %d kills; %d mails accepted, %d broken off, %d documents ended: %s; %d in the DMP by"
                                + " %d submissions; requests to the DMP: %s")
                        .formatted(
                                seed,
                                KILLS,
                                load.accepted().size(),
                                load.interrupted(),
                                books.ends().size(),
                                sums,
                                books.registered().size(),
                                books.submissions(),
                                faults);
        System.out.println(text);
        Path file = TestInstance.home().resolve("integration-tests/target/chaos-report.txt");
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }
}
