package org.mssante.server.storage;

import java.time.Clock;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.ContentSweeper;
import org.mssante.server.storage.sql.Database;

/** The open database of this process and what works on it by itself. Open it first, close it last. */
public final class Storage implements AutoCloseable {
    private final Database database;
    private final BodyTable bodies;
    private final ContentSweeper sweeper;

    private Storage(Database database, BodyTable bodies, ContentSweeper sweeper) {
        this.database = database;
        this.bodies = bodies;
        this.sweeper = sweeper;
    }

    /** @throws StartupFailure where the database cannot be opened or its schema cannot be brought up to date */
    public static Storage open(StorageConfiguration configuration, Clock clock) {
        Database database = Database.open(configuration.database());
        BodyTable bodies = new BodyTable(database, clock, configuration.contentGrace());
        ContentSweeper sweeper = new ContentSweeper(database, bodies, clock, configuration.contentGrace());
        sweeper.start();
        return new Storage(database, bodies, sweeper);
    }

    public Database database() {
        return database;
    }

    public BodyTable bodies() {
        return bodies;
    }

    @Override
    public void close() {
        sweeper.close();
        database.close();
    }
}
