package org.mssante.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.queue.QueueSettings;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.trust.TestPki;

/** Real queues whose clock leaps an hour each time it is read, so that what is delayed is due at the next look. */
final class TestQueues {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final JdbcMailQueue outgoing;
    private final JdbcMailQueue spool;
    private final JdbcMailRepository repository;
    private final GivingUp givingUp;
    private final ArrivalNotices notices;

    TestQueues(TestDatabase database, Trace trace) {
        JdbcMailQueueFactory factory = new JdbcMailQueueFactory(
                new QueueSettings(FOR_EVER, Duration.ofMillis(20)),
                database.database(),
                database.mails(),
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry(),
                trace,
                new LeapingClock());
        this.outgoing = factory.createQueue(MailQueueName.of("outgoing"));
        this.spool = factory.createQueue(MailQueueName.of("spool"));
        this.repository = new JdbcMailRepository("quarantine", database.database(), database.mails());
        Reports reports = new Reports(
                spool,
                "smtp.demo.mssante.fr",
                MailAddress.parse("postmaster@demo.mssante.fr"),
                Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
        this.givingUp = new ReturnToSender(reports, new Quarantine(repository, trace), trace);
        this.notices = new ArrivalNotices(reports, trace);
    }

    JdbcMailQueue outgoing() {
        return outgoing;
    }

    JdbcMailQueue spool() {
        return spool;
    }

    GivingUp givingUp() {
        return givingUp;
    }

    ArrivalNotices notices() {
        return notices;
    }

    /** What lies in quarantine. */
    List<Mail> kept() throws MessagingException {
        List<Mail> kept = new ArrayList<>();
        for (Iterator<MailKey> keys = repository.list(); keys.hasNext(); ) {
            kept.add(repository.retrieve(keys.next()));
        }
        return kept;
    }

    private static final class LeapingClock extends Clock {
        private final AtomicLong hours = new AtomicLong();

        @Override
        public Instant instant() {
            return TestPki.NOW.plus(Duration.ofHours(hours.incrementAndGet()));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
