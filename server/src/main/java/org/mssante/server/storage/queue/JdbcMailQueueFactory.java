package org.mssante.server.storage.queue;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Dialect;
import org.mssante.server.storage.sql.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of this database. An embedded database has one process only, so whatever is in hand when the factory is made
 * was left by one that died, and is ready again at once; on a shared database the {@link QueueNode} knows.
 */
public final class JdbcMailQueueFactory implements MailQueueFactory<JdbcMailQueue> {
    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcMailQueueFactory.class);

    private final Map<MailQueueName, JdbcMailQueue> queues = new ConcurrentHashMap<>();
    private final QueueSettings settings;
    private final Database database;
    private final StoredMails mails;
    private final MailQueueItemDecoratorFactory decorators;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final Trace trace;
    private final Clock clock;

    /** @param trace told of mails that nobody can read */
    public JdbcMailQueueFactory(
            QueueSettings settings,
            Database database,
            StoredMails mails,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Trace trace,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        this.mails = mails;
        this.decorators = decorators;
        this.metrics = metrics;
        this.gauges = gauges;
        this.trace = trace;
        this.clock = clock;
        if (database.dialect() == Dialect.H2) {
            giveBackWhatTheLastProcessHeld();
        }
    }

    @Override
    public Optional<JdbcMailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return listCreatedMailQueues().contains(name) ? Optional.of(open(name)) : Optional.empty();
    }

    /** @param count not used: a reader takes what its subscriber asks for */
    @Override
    public JdbcMailQueue createQueue(MailQueueName name, PrefetchCount count) {
        database.transaction(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO mail_queue (name) VALUES (?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, name.asString());
                return insert.executeUpdate();
            }
        });
        return open(name);
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT name FROM mail_queue");
                    ResultSet rows = select.executeQuery()) {
                Set<MailQueueName> names = new HashSet<>();
                while (rows.next()) {
                    names.add(MailQueueName.of(rows.getString(1)));
                }
                return names;
            }
        });
    }

    private JdbcMailQueue open(MailQueueName name) {
        return queues.computeIfAbsent(
                name,
                key -> new JdbcMailQueue(key, settings, database, mails, decorators, metrics, gauges, trace, clock));
    }

    private void giveBackWhatTheLastProcessHeld() {
        int items = database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE queue_item SET in_hand = FALSE, next_delivery = ? WHERE in_hand = TRUE")) {
                Times.set(update, 1, clock.instant());
                return update.executeUpdate();
            }
        });
        if (items > 0) {
            LOGGER.info("{} mails that were in hand when the server stopped are in their queues again", items);
        }
    }
}
