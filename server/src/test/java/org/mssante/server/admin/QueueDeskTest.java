package org.mssante.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.QueuedMail;

/** What an operator sees of the queues and may do to them. */
class QueueDeskTest {
    private static final Map<String, String> REASON = Map.of("reason", "sent by mistake");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final MaybeSender sender;

    @TempDir
    private Path runDir;

    private Desk desk;

    QueueDeskTest() throws MessagingException {
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
    void showsHowFullEachQueueIs() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));

        JsonNode depths = desk.get("queues").json();

        assertThat(depths.findValuesAsText("queue")).containsExactly("spool", "outgoing", "bridge");
        assertThat(depths.get(1).path("delayed").asLong()).isEqualTo(1);
        assertThat(depths.get(1).path("oldest").asText()).isEqualTo(Desk.ARRIVED.toString());
        assertThat(depths.get(0).has("oldest")).isFalse();
    }

    @Test
    void knowsAMailByItsMessageIdToo() throws MessagingException {
        MailImpl mail = Desk.mail("one", sender);
        desk.queues.outgoing().enQueue(mail, Duration.ofHours(1));
        String id =
                desk.get("queues", "outgoing").json().get(0).path("messageId").asText();
        assertThat(id).isEqualTo("<one@demo.mssante.fr>");

        assertThat(desk.get("queues", "outgoing", "one@demo.mssante.fr")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("one");
        assertThat(desk.post(Map.of(), "queues", "outgoing", id, "retry")
                        .json()
                        .path("due")
                        .asInt())
                .isEqualTo(1);
        assertThat(desk.post(REASON, "queues", "outgoing", id, "remove")
                        .json()
                        .path("removed")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void listsWhatWaitsSinceWhenUntilWhenAndWhyButNoContent() throws MessagingException {
        MailImpl mail = Desk.mail("one", sender);
        mail.setErrorMessage("MSS-M11 nobody answers");
        desk.queues.outgoing().enQueue(mail, Duration.ofHours(1));

        JsonNode listed = desk.get("queues", "outgoing").json();

        assertThat(listed).hasSize(1);
        JsonNode one = listed.get(0);
        assertThat(one.path("name").asText()).isEqualTo("one");
        assertThat(one.path("messageId").asText()).isEqualTo("<one@demo.mssante.fr>");
        assertThat(one.path("since").asText()).isEqualTo(Desk.ARRIVED.toString());
        assertThat(one.path("nextAttempt").asText()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(one.path("state").asText()).isEqualTo("delayed");
        assertThat(one.path("lastError").asText()).isEqualTo("MSS-M11 nobody answers");
        assertThat(one.path("sender").asText()).isEqualTo("a@demo.mssante.fr");
        assertThat(one.path("recipients")).hasSize(2);
        assertThat(one.path("size").asLong()).isPositive();
        assertThat(listed.toString()).doesNotContain("contenu", "DUPONT");
    }

    @Test
    void theLimitIsHeededFromOneToItsLargest() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));
        desk.queues.outgoing().enQueue(Desk.mail("two", sender), Duration.ofHours(1));

        assertThat(desk.post(Map.of(), "queues", "outgoing").status())
                .as("listing looks")
                .isEqualTo(400);
        assertThat(desk.get(Map.of("limit", "1"), "queues", "outgoing").json()).hasSize(1);
        assertThat(desk.get(Map.of("limit", "10000"), "queues", "outgoing").json())
                .hasSize(2);
        assertThat(desk.get(Map.of("limit", "10001"), "queues", "outgoing").status())
                .isEqualTo(400);
        assertThat(desk.get(Map.of("limit", "0"), "queues", "outgoing").status())
                .isEqualTo(400);
        assertThat(desk.get(Map.of("limit", "many"), "queues", "outgoing").status())
                .isEqualTo(400);
    }

    @Test
    void showsHeadersWithoutWhatPeopleWriteAndTracesWhoLooked() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));

        JsonNode shown = desk.get("queues", "outgoing", "one").json();

        assertThat(shown.path("headers").findValuesAsText("name")).contains("Subject", "Message-ID");
        assertThat(shown.toString()).contains("<one@demo.mssante.fr>").doesNotContain("contenu", "DUPONT");
        assertThat(desk.trace).singleElement().satisfies(line -> {
            assertThat(line.event()).isEqualTo(Event.OPERATOR_LOOKED);
            assertThat(line.fields()).containsEntry(Field.ACTOR, "operator " + System.getProperty("user.name"));
            assertThat(line.fields()).containsEntry(Field.MESSAGE_ID, "one@demo.mssante.fr");
        });
    }

    @Test
    void makesOneMailDueOrAll() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));
        desk.queues.outgoing().enQueue(Desk.mail("two", sender), Duration.ofHours(1));

        assertThat(desk.post(Map.of(), "queues", "outgoing", "one", "retry")
                        .json()
                        .path("due")
                        .asLong())
                .isEqualTo(1);
        assertThat(desk.queues.outgoing().depth().due()).isEqualTo(1);
        assertThat(desk.post(Map.of(), "queues", "outgoing", "retry")
                        .json()
                        .path("due")
                        .asLong())
                .isEqualTo(1);
        assertThat(desk.queues.outgoing().depth().due()).isEqualTo(2);
        assertThat(desk.trace).extracting(TraceEntry::event).containsOnly(Event.OPERATOR_RETRIED);
        assertThat(desk.post(Map.of(), "queues", "outgoing", "three", "retry").status())
                .isEqualTo(404);
        assertThat(desk.get("queues", "nowhere").status()).isEqualTo(404);
    }

    @Test
    void aRemovalTellsTheSenderAndTheTraceSaysWhoAndWhy() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));

        assertThat(desk.post(REASON, "queues", "outgoing", "one", "remove").status())
                .isEqualTo(200);

        assertThat(desk.queues.outgoing().getSize()).isZero();
        List<QueuedMail> spool = desk.queues.spool().look(10);
        assertThat(spool).singleElement().satisfies(notice -> {
            assertThat(notice.mail().getMaybeSender().isNullSender()).isTrue();
            assertThat(notice.mail().getRecipients()).containsExactly(sender.get());
        });
        assertThat(desk.trace).extracting(TraceEntry::event).containsExactly(Event.OPERATOR_REMOVED, Event.BOUNCED);
        assertThat(desk.trace.get(0).fields()).containsEntry(Field.REASON, "sent by mistake");
        assertThat(desk.trace.get(1).outcome()).contains(Outcome.REMOVED_BY_OPERATOR);
    }

    @Test
    void aMailWithoutASenderIsNotLostByItsRemoval() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", MaybeSender.nullSender()), Duration.ofHours(1));

        assertThat(desk.post(REASON, "queues", "outgoing", "one", "remove").status())
                .isEqualTo(200);

        assertThat(desk.queues.outgoing().getSize()).isZero();
        assertThat(desk.quarantine.size()).isEqualTo(1);
    }

    @Test
    void nothingIsRemovedWithoutAReasonOrWhileItIsInHandOrOnceItIsInItsMailbox() throws MessagingException {
        desk.queues.outgoing().enQueue(Desk.mail("one", sender), Duration.ofHours(1));
        desk.queues.bridge().enQueue(Desk.mail("filing", sender), Duration.ofHours(1));

        assertThat(desk.post(Map.of(), "queues", "outgoing", "one", "remove").status())
                .isEqualTo(400);
        assertThat(desk.post(REASON, "queues", "bridge", "filing", "remove").status())
                .isEqualTo(409);
        desk.queues.outgoing().take("one");
        assertThat(desk.post(REASON, "queues", "outgoing", "one", "remove").status())
                .isEqualTo(409);
        assertThat(desk.post(REASON, "queues", "outgoing", "two", "remove").status())
                .isEqualTo(404);

        assertThat(desk.queues.outgoing().getSize()).isEqualTo(1);
        assertThat(desk.queues.bridge().getSize()).isEqualTo(1);
        assertThat(desk.trace).isEmpty();
    }
}
