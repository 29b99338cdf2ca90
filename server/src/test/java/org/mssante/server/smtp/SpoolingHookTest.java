package org.mssante.server.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MaybeSender;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.SMTPSessionImpl;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.spool.SpoolQueue;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.queue.QueueSettings;
import org.mssante.server.trust.RecordedTrace;
import org.mssante.server.trust.TestPki;

class SpoolingHookTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RecordedTrace recorded = new RecordedTrace();
    private final JdbcMailQueue spool = new JdbcMailQueueFactory(
                    new QueueSettings(Duration.ofHours(1), Duration.ofMillis(20)),
                    DATABASE.database(),
                    DATABASE.mails(),
                    new RawMailQueueItemDecoratorFactory(),
                    new RecordingMetricFactory(),
                    new NoopGaugeRegistry(),
                    recorded,
                    Clock.fixed(TestPki.NOW, ZoneOffset.UTC))
            .createQueue(MailQueueName.of("spool"));

    @Test
    void whatTheSpoolHasTakenIsAcceptedThoughTheTraceTakesNoLineAnyMore() throws Exception {
        HookResult answer = answerWithoutRoomFor(Event.ACCEPTED);

        assertThat(answer.getResult()).isEqualTo(HookReturnCode.ok());
        assertThat(answer.getSmtpRetCode()).isEqualTo("250");
        assertThat(spool.getSize()).isEqualTo(1);
    }

    @Test
    void whatComesAndCannotBeTracedIsNotTaken() throws Exception {
        HookResult answer = answerWithoutRoomFor(Event.RECEIVED);

        assertThat(answer.getResult()).isEqualTo(HookReturnCode.denySoft());
        assertThat(answer.getSmtpRetCode()).isEqualTo("451");
        assertThat(spool.getSize()).isZero();
    }

    @Test
    void whatIsNotTakenGivesBackWhatItWasCountedForAndWhatIsTakenDoesNot() throws Exception {
        AtomicInteger givenBack = new AtomicInteger();
        SMTPSession session = session();

        Sessions.counted(session, givenBack::incrementAndGet);
        answerWithoutRoomFor(Event.ACCEPTED, session);
        assertThat(givenBack).hasValue(0);

        Sessions.counted(session, givenBack::incrementAndGet);
        answerWithoutRoomFor(Event.RECEIVED, session);
        assertThat(givenBack).hasValue(1);
    }

    private HookResult answerWithoutRoomFor(Event event) throws Exception {
        return answerWithoutRoomFor(event, session());
    }

    private HookResult answerWithoutRoomFor(Event event, SMTPSession session) throws Exception {
        Trace full = new FullFor(event, recorded);
        MailImpl mail = mail();
        try {
            return new SpoolingHook(new SpoolQueue(spool), full, new Replies(full)).onMessage(session, mail);
        } finally {
            mail.dispose();
        }
    }

    private static MailImpl mail() throws Exception {
        return MailImpl.builder()
                .name("mail-" + MailImpl.getId())
                .sender(MaybeSender.getMailSender("labo@chu.mssante.fr"))
                .addRecipients("dr@demo.mssante.fr")
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream("Message-ID: <1@chu>\r\n\r\nBonjour\r\n".getBytes(US_ASCII))))
                .build();
    }

    private static SMTPSession session() {
        ProtocolTransport transport = mock(ProtocolTransport.class);
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
        when(transport.getRemoteAddress()).thenReturn(here);
        when(transport.getLocalAddress()).thenReturn(here);
        when(transport.getSSLSession()).thenReturn(Optional.empty());
        return new SMTPSessionImpl(transport, new SMTPConfigurationImpl());
    }

    /** A trace whose disk is full when it comes to one event. */
    private record FullFor(Event event, Trace written) implements Trace {
        @Override
        public void record(TraceEntry entry) {
            if (entry.event() == event) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            written.record(entry);
        }
    }
}
