package org.mssante.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.delivery.Attempts;
import org.mssante.server.spool.SecondAttempts;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.QueuedMail;

/** What an operator sees of the quarantine and may do to it. */
class QuarantineDeskTest {
    private static final Map<String, String> REASON = Map.of("reason", "the mailbox is repaired");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final MaybeSender sender;

    @TempDir
    private Path runDir;

    private Desk desk;

    QuarantineDeskTest() throws MessagingException {
        sender = MaybeSender.of(new MailAddress("a@demo.mssante.fr"));
    }

    @BeforeEach
    void open() {
        desk = new Desk(DATABASE, runDir);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void listsAndShowsFactsAndHeadersButNoContent() throws MessagingException {
        store(sender);

        assertThat(desk.get("quarantine").json()).singleElement().satisfies(mail -> {
            assertThat(mail.path("name").asText()).isEqualTo("one");
            assertThat(mail.path("lastError").asText()).isEqualTo("MSS-M21 the mailbox is broken");
            assertThat(mail.path("since").asText()).isEqualTo(Desk.ARRIVED.toString());
            assertThat(mail.path("attempts").asInt()).isEqualTo(13);
        });
        assertThat(desk.get("quarantine", "one").json().toString())
                .contains("Subject")
                .doesNotContain("contenu", "DUPONT");
        assertThat(desk.trace).extracting(TraceEntry::event).containsExactly(Event.OPERATOR_LOOKED);
    }

    @Test
    void masksThePatientsAddressInEnvelopeErrorAndHeaders() throws MessagingException {
        MailAddress patient = new MailAddress("258029999900145@patient.mssante.fr");
        MailImpl mail = Desk.mail("one", MaybeSender.of(patient));
        mail.setRecipients(List.of(patient));
        mail.setErrorMessage("550 5.1.1 <" + patient.asString() + ">: unknown");
        mail.getMessage().setHeader("To", "Jeanne <" + patient.asString() + ">");
        mail.getMessage().setHeader("In-Reply-To", "<12345678@patient.mssante.fr>");
        desk.quarantine.store(mail);

        assertThat(List.of(desk.get("quarantine"), desk.get("quarantine", "one")))
                .allSatisfy(answer -> assertThat(answer.json().toString())
                        .contains("550 5.1.1 <**********00145@patient.mssante.fr>")
                        .doesNotContain("258029999900145"));
        assertThat(desk.get("quarantine", "one").json().toString())
                .as("a Message-ID stays what can be searched for")
                .contains("<12345678@patient.mssante.fr>");
    }

    @Test
    void showsOfAddressFieldsTheAddressesAndNoNames() throws MessagingException {
        MailImpl mail = Desk.mail("one", sender);
        mail.getMessage().setHeader("From", "Jeanne DUPONT <a@demo.mssante.fr>");
        mail.getMessage().setHeader("To", "DUPONT: \"DUPONT, Jeanne\" <b@chu-exemple.mssante.fr>, c@demo.mssante.fr;");
        mail.getMessage().setHeader("Cc", "d@demo.mssante.fr (Jeanne DUPONT)");
        mail.getMessage().setHeader("Reply-To", "DUPONT");
        desk.quarantine.store(mail);

        assertThat(desk.get("quarantine", "one").json().toString())
                .contains(
                        "\"<a@demo.mssante.fr>\"",
                        "\"<b@chu-exemple.mssante.fr>, <c@demo.mssante.fr>\"",
                        "\"<d@demo.mssante.fr>\"")
                .doesNotContain("DUPONT", "Jeanne");
    }

    @Test
    void anExportIsTheMailOctetForOctetAndTraced() throws MessagingException, IOException {
        MailImpl mail = store(sender);
        ByteArrayOutputStream original = new ByteArrayOutputStream();
        mail.getMessage().writeTo(original);

        assertThat(desk.octets(REASON, "quarantine", "one", "export")).isEqualTo(original.toByteArray());

        assertThat(desk.trace).singleElement().satisfies(line -> {
            assertThat(line.event()).isEqualTo(Event.OPERATOR_EXPORTED);
            assertThat(line.fields())
                    .containsEntry(Field.ACTOR, "operator " + System.getProperty("user.name"))
                    .containsEntry(Field.REASON, "the mailbox is repaired");
        });
    }

    @Test
    void ofTwoWhoActOnOneMailAtATimeTheFirstHasIt() throws Exception {
        ExecutorService operators = Executors.newFixedThreadPool(2);
        int rounds = 10;
        try {
            for (int round = 0; round < rounds; round++) {
                String name = "mail-" + round;
                desk.quarantine.store(Desk.mail(name, sender));
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<Integer> replay = () -> {
                    together.await();
                    return desk.post(REASON, "quarantine", name, "replay").status();
                };
                Future<Integer> one = operators.submit(replay);
                Future<Integer> other = operators.submit(replay);

                assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(200, 404);
            }
        } finally {
            operators.shutdown();
        }
        assertThat(desk.queues.spool().look(100)).hasSize(rounds);
    }

    @Test
    void aReplayPutsTheMailIntoTheSpoolWithAllItsAttemptsBeforeIt() throws MessagingException {
        store(sender);

        assertThat(desk.post(REASON, "quarantine", "one", "replay").status()).isEqualTo(200);

        assertThat(desk.quarantine.size()).isZero();
        assertThat(desk.queues.spool().look(10))
                .extracting(QueuedMail::mail)
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.getName()).isEqualTo("one");
                    assertThat(mail.getRecipients()).hasSize(2);
                    assertThat(SecondAttempts.failuresOf(mail)).isZero();
                    assertThat(Attempts.of(mail)).isEqualTo(new Attempts(0, 0));
                });
        assertThat(desk.trace).extracting(TraceEntry::event).containsExactly(Event.OPERATOR_REPLAYED);
    }

    @Test
    void aRemovalTellsTheSenderWhereThereIsOne() throws MessagingException {
        store(sender);

        assertThat(desk.post(REASON, "quarantine", "one", "remove").status()).isEqualTo(200);

        assertThat(desk.quarantine.size()).isZero();
        assertThat(desk.queues.spool().look(10))
                .extracting(QueuedMail::mail)
                .singleElement()
                .satisfies(notice -> assertThat(notice.getRecipients()).containsExactly(sender.get()));
        assertThat(desk.trace).extracting(TraceEntry::event).containsExactly(Event.OPERATOR_REMOVED, Event.BOUNCED);
    }

    @Test
    void aReportNobodyWaitsForEndsWithItsLineInTheTrace() throws MessagingException {
        store(MaybeSender.nullSender());

        assertThat(desk.post(REASON, "quarantine", "one", "remove").status()).isEqualTo(200);

        assertThat(desk.quarantine.size()).isZero();
        assertThat(desk.queues.spool().getSize()).isZero();
        assertThat(desk.trace).extracting(TraceEntry::event).containsExactly(Event.OPERATOR_REMOVED);
    }

    @Test
    void nothingHappensWithoutAReasonOrToAMailThatIsNotThere() throws MessagingException {
        store(sender);

        for (String act : new String[] {"export", "replay", "remove"}) {
            assertThat(desk.post(Map.of(), "quarantine", "one", act).status())
                    .as(act)
                    .isEqualTo(400);
            assertThat(desk.post(REASON, "quarantine", "two", act).status())
                    .as(act)
                    .isEqualTo(404);
        }

        assertThat(desk.quarantine.size()).isEqualTo(1);
        assertThat(desk.trace).isEmpty();
    }

    private MailImpl store(MaybeSender from) throws MessagingException {
        MailImpl mail = Desk.mail("one", from);
        mail.setErrorMessage("MSS-M21 the mailbox is broken");
        mail.setAttribute(new Attribute(AttributeName.of("mssante.spool.failures"), AttributeValue.of(12)));
        mail.setAttribute(new Attribute(AttributeName.of("mssante.delivery.attempts"), AttributeValue.of(1)));
        desk.quarantine.store(mail);
        return mail;
    }
}
