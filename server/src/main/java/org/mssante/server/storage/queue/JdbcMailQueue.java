package org.mssante.server.storage.queue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.util.ReactorUtils;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.StorageException;
import org.mssante.server.storage.sql.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * A mail queue in the database. What was enqueued is committed when the method returns. Several nodes may take from one
 * queue. Delayed mails in front cost nothing; a delayed one is delivered at most a poll later than said. A mail whose row
 * cannot be read is traced and set aside: it stays, with its bytes, until an operator makes it due. Thread-safe.
 */
public final class JdbcMailQueue implements ManageableMailQueue {
    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcMailQueue.class);
    private static final int PAGE = 100;

    private final MailQueueName name;
    private final QueueSettings settings;
    private final Database database;
    private final StoredMails mails;
    private final Trace trace;
    private final Clock clock;
    private final QueueTable table;
    private final MailQueueItemDecoratorFactory decorators;
    private final MetricFactory metrics;
    private final Metric enqueued;
    private final Metric dequeued;
    private final Signal signal = new Signal();

    JdbcMailQueue(
            MailQueueName name,
            QueueSettings settings,
            Database database,
            StoredMails mails,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Trace trace,
            Clock clock) {
        this.name = name;
        this.settings = settings;
        this.database = database;
        this.mails = mails;
        this.trace = trace;
        this.clock = clock;
        this.table = new QueueTable(name.asString(), mails, database.dialect(), settings.node());
        this.decorators = decorators;
        this.metrics = metrics;
        this.enqueued = metrics.generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = metrics.generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
        gauges.register(QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), this::getSize);
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        var timer = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        try (MailContent content = StoredMails.content(mail)) {
            mails.storeAhead(content);
            database.unit(unit -> {
                enQueue(unit, mail, content, delay);
                return mail;
            });
        } catch (StorageException e) {
            throw new MailQueueException("The mail database failed", e);
        } catch (MessagingException e) {
            throw new MailQueueException("The mail could not be read", e);
        } finally {
            timer.stopAndPublish();
        }
    }

    /**
     * Enqueues as part of a unit of work.
     *
     * @param content the bytes of the mail, whose own are not asked for
     */
    public void enQueue(UnitOfWork unit, Mail mail, MailContent content, Duration delay) throws SQLException {
        Instant next = QueueTable.after(clock.instant(), delay);
        table.insert(unit.connection(), mail, content, priority(mail), arrived(mail), next);
        unit.afterwards(() -> {
            enqueued.increment();
            signal.raise();
        });
    }

    @Override
    public Mono<Void> enqueueReactive(Mail mail) {
        return Mono.<Void>fromCallable(() -> {
                    enQueue(mail);
                    return null;
                })
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    @Override
    public Flux<MailQueueItem> deQueue() {
        return take().map(item -> decorators.decorate(item, name));
    }

    /** Takes what is ready, now and from now on, as fast as the subscriber asks for it. */
    public Flux<JdbcMailQueueItem> take() {
        return Flux.create(this::read, FluxSink.OverflowStrategy.BUFFER);
    }

    private void read(FluxSink<JdbcMailQueueItem> sink) {
        sink.onRequest(more -> signal.raise());
        sink.onDispose(signal::raise);
        Thread reader =
                new Thread(new QueueReader(sink, this::take, signal, settings.poll()), "mail-queue-" + name.asString());
        reader.setDaemon(true);
        reader.start();
    }

    private List<JdbcMailQueueItem> take(int limit) {
        Instant now = clock.instant();
        List<JdbcMailQueueItem> items = inHand(
                database.lazily(connection -> table.take(connection, now, now.plus(settings.visibility()), limit)));
        dequeued.add(items.size());
        return items;
    }

    private List<JdbcMailQueueItem> inHand(QueueTable.Taken taken) {
        taken.setAside().forEach(this::report);
        return taken.items().stream()
                .map(item -> new JdbcMailQueueItem(this, item))
                .toList();
    }

    /** Who enqueued the mail has gone: the operator is the one to be told. */
    private void report(QueueTable.Item item) {
        String defect = item.stored().defect().orElseThrow();
        LOGGER.error("the mail {} in the queue {} is set aside: {}", item.mail().getName(), name.asString(), defect);
        trace.record(TraceEntry.of(Event.QUARANTINED)
                .outcome(Outcome.STORED_MAIL_UNREADABLE)
                .with(Field.MAIL_NAME, item.mail().getName())
                .with(Field.RULE, "stays in the queue " + name.asString())
                .with(Field.DETAIL, defect));
    }

    void finish(QueueTable.Item item) {
        database.transaction(connection -> {
            table.delete(connection, item);
            return item;
        });
    }

    void end(UnitOfWork unit, QueueTable.Item item) throws SQLException {
        if (!table.delete(unit.connection(), item)) {
            throw new NoLongerInHand(item.mail().getName());
        }
    }

    void giveBack(UnitOfWork unit, QueueTable.Item item, Mail mail, MailContent content, Duration wait)
            throws SQLException {
        if (!table.giveBack(unit.connection(), item, mail, content, QueueTable.after(clock.instant(), wait))) {
            throw new NoLongerInHand(item.mail().getName());
        }
        unit.afterwards(signal::raise);
    }

    void giveBack(QueueTable.Item item) {
        database.transaction(connection -> {
            table.giveBack(connection, item, clock.instant());
            return item;
        });
        signal.raise();
    }

    void postpone(QueueTable.Item item) {
        database.transaction(connection -> {
            table.giveBack(connection, item, clock.instant().plus(settings.visibility()));
            return item;
        });
    }

    /** What waits and what is in hand. */
    @Override
    public long getSize() {
        return database.read(table::count);
    }

    @Override
    public long flush() {
        return flush(Optional.empty());
    }

    /** Makes the waiting mails of that name due now; says how many were not due before. */
    public long flush(String mailName) {
        return flush(Optional.of(mailName));
    }

    private long flush(Optional<String> mailName) {
        int flushed = database.transaction(connection -> table.flush(connection, clock.instant(), mailName));
        signal.raise();
        return flushed;
    }

    /**
     * Takes the waiting mails of that name, as a reader would that asked for them; none where it is in hand already. Who
     * takes them says how they ended.
     */
    public List<JdbcMailQueueItem> take(String mailName) {
        Instant until = clock.instant().plus(settings.visibility());
        return inHand(database.transaction(connection -> table.take(connection, mailName, until)));
    }

    public QueueDepth depth() {
        return database.read(connection -> table.depth(connection, clock.instant()));
    }

    /** What waits and what is in hand, the oldest first. */
    public List<QueuedMail> look(int limit) {
        return database.read(connection -> table.look(connection, Optional.empty(), limit));
    }

    /** The mails of that name; two for the moment in which one goes back into the queue. */
    public List<QueuedMail> look(String mailName) {
        return database.read(connection -> table.look(connection, Optional.of(mailName), PAGE));
    }

    @Override
    public long clear() {
        return database.transaction(connection -> table.deleteWaiting(connection, "", Optional.empty()));
    }

    @Override
    public long remove(Type type, String value) {
        return switch (type) {
            case Name -> removeWhere(" AND name = ?", value);
            case Sender -> removeWhere(" AND sender = ?", value);
            case Recipient -> removeWhere(" AND POSITION(? IN recipients) > 0", StoredMails.recipientEntry(value));
        };
    }

    private long removeWhere(String condition, String value) {
        return database.transaction(connection -> table.deleteWaiting(connection, condition, Optional.of(value)));
    }

    @Override
    public MailQueueIterator browse() {
        return new QueueBrowser(
                (priority, id) -> database.read(connection -> table.waitingAfter(connection, priority, id, PAGE)));
    }

    /** Nothing to release: what was enqueued stays, and readers end with their subscriptions. */
    @Override
    public void close() {}

    private Instant arrived(Mail mail) {
        return Optional.ofNullable(mail.getLastUpdated()).map(Date::toInstant).orElseGet(clock::instant);
    }

    private static int priority(Mail mail) {
        int wanted = AttributeUtils.getValueAndCastFromMail(mail, MailPrioritySupport.MAIL_PRIORITY, Integer.class)
                .orElse(MailPrioritySupport.NORMAL_PRIORITY);
        return Math.max(MailPrioritySupport.LOW_PRIORITY, Math.min(MailPrioritySupport.HIGH_PRIORITY, wanted));
    }
}
