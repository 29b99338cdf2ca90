package org.mssante.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.core.control.ControlServer;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.delivery.Quarantine;
import org.mssante.server.delivery.Reports;
import org.mssante.server.delivery.ReturnToSender;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.queue.QueueSettings;
import org.mssante.server.storage.repository.JdbcMailRepository;

/** The operator's desks over real queues, a real quarantine and a real control socket. */
final class Desk implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final Instant ARRIVED = NOW.minus(Duration.ofHours(5));

    final List<TraceEntry> trace = Collections.synchronizedList(new ArrayList<>());
    final Queues queues;
    final JdbcMailRepository quarantine;
    private final ControlServer server;
    private final ControlClient client;

    Desk(TestDatabase database, Path runDir) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        JdbcMailQueueFactory factory = new JdbcMailQueueFactory(
                new QueueSettings(Duration.ofMinutes(10), Duration.ofMillis(50)),
                database.database(),
                database.mails(),
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry(),
                trace::add,
                clock);
        queues = new Queues(
                factory.createQueue(MailQueueName.of("spool")),
                factory.createQueue(MailQueueName.of("outgoing")),
                factory.createQueue(MailQueueName.of("bridge")));
        quarantine = new JdbcMailRepository("quarantine", database.database(), database.mails());
        ReturnToSender givingUp = new ReturnToSender(
                new Reports(
                        queues.spool(),
                        "smtp.demo.mssante.fr",
                        org.mssante.core.id.MailAddress.parse("postmaster@demo.mssante.fr"),
                        clock),
                new Quarantine(quarantine, trace::add),
                trace::add);
        server = ControlServer.start(
                ControlAddress.of(runDir, "server"),
                new ControlSettings(2, 16_384, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                new QueueDesk(queues, givingUp, database.database(), trace::add, clock)
                        .routes()
                        .and(new QuarantineDesk(quarantine, queues.spool(), givingUp, database.database(), trace::add)
                                .routes()));
        client = new ControlClient(ControlAddress.of(runDir, "server"), Duration.ofMinutes(1));
    }

    /** An answer, read. */
    record Answer(int status, JsonNode json) {}

    Answer get(String... path) {
        return read(() -> client.get(List.of(path), Map.of()));
    }

    Answer get(Map<String, String> values, String... path) {
        return read(() -> client.get(List.of(path), values));
    }

    Answer post(Map<String, String> values, String... path) {
        return read(() -> client.post(List.of(path), values));
    }

    byte[] octets(Map<String, String> values, String... path) throws IOException {
        try (ControlClient.Reply reply = client.post(List.of(path), values)) {
            return reply.body().readAllBytes();
        }
    }

    static MailImpl mail(String name, MaybeSender sender) throws MessagingException {
        MimeMessage message = MimeMessageBuilder.mimeMessageBuilder()
                .setSubject("[XDM/1.0/DDM] DUPONT Jeanne")
                .addFrom("a@demo.mssante.fr")
                .addToRecipient("b@chu-exemple.mssante.fr")
                .addHeader("Message-ID", "<" + name + "@demo.mssante.fr>")
                .setText("contenu")
                .build();
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender(sender)
                .addRecipients(new MailAddress("b@chu-exemple.mssante.fr"), new MailAddress("c@chu-exemple.mssante.fr"))
                .mimeMessage(message)
                .build();
        mail.setLastUpdated(Date.from(ARRIVED));
        return mail;
    }

    @Override
    public void close() {
        server.close();
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        ControlClient.Reply reply() throws IOException;
    }

    private static Answer read(Call call) {
        try (ControlClient.Reply reply = call.reply()) {
            return new Answer(reply.status(), new ObjectMapper().readTree(reply.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
