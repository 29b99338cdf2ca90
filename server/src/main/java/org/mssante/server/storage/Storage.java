package org.mssante.server.storage;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.events.EventBus;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.ContentSweeper;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.LocalEventBus;
import org.mssante.server.storage.events.SharedEventBus;
import org.mssante.server.storage.queue.QueueNode;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.search.TextIndexer;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Dialect;

/** The open database of this process and what works on it by itself. Open it first, close it last. */
public final class Storage implements AutoCloseable {
    private final Database database;
    private final BodyTable bodies;
    private final ContentSweeper sweeper;
    private final TextIndexer indexer;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private Storage(Database database, BodyTable bodies, ContentSweeper sweeper, TextIndexer indexer) {
        this.database = database;
        this.bodies = bodies;
        this.sweeper = sweeper;
        this.indexer = indexer;
    }

    /** @throws StartupFailure where the database cannot be opened or its schema cannot be brought up to date */
    public static Storage open(StorageConfiguration configuration, Clock clock) {
        Database database = Database.open(configuration.database());
        BodyTable bodies = new BodyTable(database, clock, configuration.contentGrace());
        ContentSweeper sweeper = new ContentSweeper(database, bodies, clock, configuration.contentGrace());
        sweeper.start();
        TextIndexer indexer = new TextIndexer(database, bodies, configuration.searchTextLimit());
        indexer.start();
        return new Storage(database, bodies, sweeper, indexer);
    }

    public Database database() {
        return database;
    }

    public BodyTable bodies() {
        return bodies;
    }

    /** The bus that suits the database, closed with it: H2 has one node, PostgreSQL may have several. */
    EventBus openEvents(Duration retention, EventBusParts parts) {
        if (database.dialect() == Dialect.H2) {
            return new LocalEventBus(parts);
        }
        SharedEventBus shared = SharedEventBus.open(database, retention, parts);
        closing.push(shared::close);
        return shared;
    }

    /** The limits of mailboxes; those that have none of their own have the default of the configuration. */
    JdbcMaxQuotaManager maxQuotas(StorageConfiguration.DefaultQuota standard) {
        JdbcMaxQuotaManager quotas = new JdbcMaxQuotaManager(database);
        if (standard.octets() > 0) {
            quotas.setGlobalMaxStorage(QuotaSizeLimit.size(standard.octets()));
        } else {
            quotas.removeGlobalMaxStorage();
        }
        if (standard.messages() > 0) {
            quotas.setGlobalMaxMessage(QuotaCountLimit.count(standard.messages()));
        } else {
            quotas.removeGlobalMaxMessage();
        }
        return quotas;
    }

    /** The number under which this server takes mails off the queues; given up with the storage. */
    int joinQueues(Clock clock) {
        if (database.dialect() == Dialect.H2) {
            return QueueNode.ALONE;
        }
        QueueNode node = QueueNode.join(database, clock);
        closing.push(node::close);
        return node.number();
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
        indexer.close();
        sweeper.close();
        database.close();
    }
}
