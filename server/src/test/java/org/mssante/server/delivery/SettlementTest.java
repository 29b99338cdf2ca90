package org.mssante.server.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.RecordedTrace;
import org.mssante.server.trust.TestPki;
import org.mssante.server.trust.TrustFacts;

/** What becomes of a message after an attempt: all of it, or nothing. */
class SettlementTest {
    private static final List<Duration> DELAYS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5));
    private static final String SENDER = "dr@demo.mssante.fr";
    private static final String TAKEN_BY_SOMEBODY_ELSE = "UPDATE queue_item SET taken = taken + 1 WHERE name = 'first'";

    /** What a library quotes of what it could not read. */
    private static final String DEFECT = "EXEMPLE Jeanne";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RecordedTrace trace = new RecordedTrace();
    private final TestQueues queues = new TestQueues(DATABASE, trace);
    private Optional<OutboundDelivery> delivery = Optional.empty();

    @AfterEach
    void stop() {
        delivery.ifPresent(OutboundDelivery::close);
    }

    @Test
    void aMessageIsSplitAndItsItemEndsOrNeither() throws Exception {
        put("first", SENDER, "a@chu.mssante.fr", "b@clinique.mssante.fr");
        put("last", SENDER, "c@labo.mssante.fr");
        start(new Handing() {
            @Override
            public String destinationOf(MailAddress recipient) {
                if (recipient.getDomain().asString().startsWith("clinique")) {
                    execute(TAKEN_BY_SOMEBODY_ELSE);
                }
                return super.destinationOf(recipient);
            }
        });

        await().untilAsserted(() ->
                assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("c@labo.mssante.fr"));
        await().untilAsserted(() -> assertThat(queues.outgoing().look(10))
                .extracting(queued -> queued.mail().getName())
                .containsExactly("first"));
    }

    @Test
    void aMessageIsReturnedAndItsItemEndsOrNeither() throws Exception {
        put("first", SENDER, "a@chu.mssante.fr");
        put("last", SENDER, "c@labo.mssante.fr");
        start(new Handing() {
            @Override
            public Result attempt(String destination, Mail mail, List<MailAddress> recipients) {
                if (mail.getName().equals("last")) {
                    return super.attempt(destination, mail, recipients);
                }
                execute(TAKEN_BY_SOMEBODY_ELSE);
                return Result.failed(recipients, Failure.of(Failure.Kind.REFUSED, Outcome.REFUSED_BY_PEER, "no"));
            }
        });

        await().untilAsserted(() ->
                assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("c@labo.mssante.fr"));
        assertThat(queues.spool().getSize()).as("reports").isZero();
        assertThat(trace.of(Event.BOUNCED)).isEmpty();
        await().untilAsserted(() -> assertThat(queues.outgoing().getSize()).isEqualTo(1));
    }

    @Test
    void aDefectIsAFailedAttemptAndInTheEndTheOperatorKeepsTheMessageAndTheSenderKnows() throws Exception {
        put("defective", SENDER, "a@chu.mssante.fr", "b@chu.mssante.fr");
        start(new Defective());

        awaitSettled();
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).hasSize(2).containsOnly(Outcome.SERVER_ERROR);
        assertThat(trace.valuesOf(Event.RELAY_DELAYED, Field.RULE))
                .containsExactly("next attempt in PT1M", "next attempt in PT5M");
        assertThat(trace.outcomesOf(Event.QUARANTINED)).containsExactly(Outcome.SET_ASIDE);
        assertThat(trace.of(Event.BOUNCED)).isEmpty();
        assertThat(queues.kept()).singleElement().satisfies(kept -> {
            assertThat(kept.getRecipients()).hasSize(2);
            assertThat(kept.getErrorMessage())
                    .startsWith("MSS-M23 MSS-M21 ")
                    .contains("java.lang.IllegalStateException")
                    .doesNotContain(DEFECT);
        });
        assertThat(report()).contains("Action: failed", "Status: 5.3.0", "MSS-M23", "Subject: compte rendu");
        assertThat(explanation()).contains("l'exploitant du serveur, qui conserve le message", "(MSS-M23)");
    }

    @Test
    void theSenderWhoWantsHisMessageBackGetsItOctetForOctet() throws Exception {
        MailImpl mail = mail("defective", SENDER, "a@chu.mssante.fr");
        mail.setDsnParameters(
                DsnParameters.builder().ret(DsnParameters.Ret.FULL).build().orElseThrow());
        queues.outgoing().enQueue(mail);
        mail.dispose();
        start(new Defective());

        awaitSettled();
        assertThat(report()).contains("Content-Type: message/rfc822", "ligne 1\r\nligne é\r\n");
    }

    @Test
    void neitherAReportNorAProgramHearsOfWhatTheOperatorKeeps() throws Exception {
        put("report", "<>", "a@chu.mssante.fr");
        MailImpl automatic = mail("automatic", SENDER, "a@chu.mssante.fr");
        automatic.getMessage().setHeader("Auto-Submitted", "auto-generated; owner-email=x");
        queues.outgoing().enQueue(automatic);
        automatic.dispose();
        start(new Defective());

        awaitSettled();
        assertThat(queues.kept()).hasSize(2);
        assertThat(queues.spool().getSize()).as("reports").isZero();
    }

    private void start(HandOver handOver) {
        OutboundDelivery started = new OutboundDelivery(
                queues.outgoing(),
                DATABASE.database(),
                handOver,
                new BackOff(DELAYS, BackOff.Patience.LIMITED, 1),
                queues.givingUp(),
                queues.notices(),
                new DeliveryLimits(1, 1, Duration.ofMillis(1), Duration.ZERO),
                trace,
                Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
        delivery = Optional.of(started);
        started.start();
    }

    private void awaitSettled() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(queues.outgoing().getSize()).isZero());
    }

    private Mail reportMail() {
        assertThat(queues.spool().getSize()).as("reports").isEqualTo(1);
        return queues.spool().look(1).get(0).mail();
    }

    private String report() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        reportMail().getMessage().writeTo(text);
        return text.toString(ISO_8859_1);
    }

    private String explanation() throws Exception {
        MimeMultipart parts = (MimeMultipart) reportMail().getMessage().getContent();
        return parts.getBodyPart(0).getContent().toString();
    }

    private void put(String name, String from, String... to) throws Exception {
        MailImpl mail = mail(name, from, to);
        queues.outgoing().enQueue(mail);
        mail.dispose();
    }

    private static MailImpl mail(String name, String from, String... to) throws Exception {
        byte[] content = "Subject: compte rendu\r\n\r\nligne 1\r\nligne é\r\n".getBytes(ISO_8859_1);
        return MailImpl.builder()
                .name(name)
                .sender(MaybeSender.getMailSender(from))
                .addRecipients(to)
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content)))
                .build();
    }

    private static void execute(String sql) {
        DATABASE.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Takes everything. */
    private static class Handing implements HandOver {
        @Override
        public String destinationOf(MailAddress recipient) {
            return recipient.getDomain().asString();
        }

        @Override
        public Result attempt(String destination, Mail mail, List<MailAddress> recipients) {
            return new Result(
                    Optional.of(new Receipt(
                            new HostPort("localhost", 25),
                            "TLS",
                            TrustFacts.withoutCertificate(Optional.empty()),
                            new SmtpReply(250, "ok"),
                            true)),
                    Map.of());
        }

        @Override
        public Event successEvent() {
            return Event.RELAYED;
        }
    }

    /** Fails for a reason that is nobody's but ours. */
    private static final class Defective extends Handing {
        @Override
        public Result attempt(String destination, Mail mail, List<MailAddress> recipients) {
            throw new IllegalStateException(DEFECT);
        }
    }
}
