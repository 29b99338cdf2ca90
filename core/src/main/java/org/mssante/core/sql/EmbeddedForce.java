package org.mssante.core.sql;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipOutputStream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Writes and forces an embedded H2 database, alone and between transactions.
 *
 * <p>H2 writes its file in chunks, each with the state of all tables, taken one table after the other while transactions go
 * on. A transaction that changes a table already taken and commits before the list of what it would have to undo is taken is
 * half in the chunk, and nothing undoes it when the file is opened again: neither after a kill nor from a copy. So here
 * {@link #force} has the chunks written: H2's own thread sleeps, and transactions pause between two statements where much is
 * unwritten. Only a single statement that changes more than the memory holds is written by H2 on its way.
 *
 * <p>{@code CHECKPOINT SYNC} would not do either: H2 counts as saved what is still on its way to the file, and the statement
 * forces the file without it.
 */
final class EmbeddedForce implements Force {
    /** Longer than any transaction of ours, but for a load of many mailboxes at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How often H2's thread is sent to sleep anew: it sleeps eight days at most, a third of {@link #NEVER} milliseconds. */
    private static final Duration RENEWAL = Duration.ofDays(1);

    private static final int NEVER = Integer.MAX_VALUE;

    private static final Duration BETWEEN_TIDYINGS = Duration.ofSeconds(1);
    /** Chunks are written anew where less than this many per cent of them is still in use, a few at a time. */
    private static final int TIDY_ABOVE = 60;

    private static final int TIDIED_OCTETS = 4 << 20;

    private final Connection connection;
    private final WriteGate gate;
    private final boolean sync;
    private final MVStore store;
    /** Octets in memory that H2 would write by itself; it does so from twice as many on now, in the midst of a statement. */
    private final int enough;

    private Instant nextTidying = Instant.EPOCH;
    private Instant renewal = Instant.EPOCH;
    private int delay = NEVER;

    /**
     * @param connection for this object alone, which closes it; it holds the database open
     * @param gate that every transaction goes through
     * @param sync whether what was written is forced to the disk, too
     */
    EmbeddedForce(Connection connection, WriteGate gate, boolean sync) throws SQLException {
        this.connection = connection;
        this.gate = gate;
        this.sync = sync;
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        this.store = session.getDatabase().getStore().getMvStore();
        this.enough = store.getAutoCommitMemory();
        writeOnlyWhenTold();
    }

    @Override
    public void force() throws SQLException {
        if (connection.isClosed()) {
            throw new SQLException("the database is closed");
        }
        gate.between(this::beginToWrite, PATIENCE);
        // any work on the file waits for what is under way
        store.executeFilestoreOperation(() -> {});
        if (sync) {
            store.sync();
        }
        tidy();
    }

    @Override
    public boolean isBehind() {
        return store.hasUnsavedChanges();
    }

    @Override
    public boolean isFull() {
        return store.getUnsavedMemory() > enough;
    }

    @Override
    public void copy(Path file, Duration patience) throws IOException {
        WriteGate.Closing closing = gate.closeAfter(patience);
        try (ZipOutputStream zip = new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)))) {
            store.getFileStore().backup(zip);
        } finally {
            closing.end();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Takes the state of all tables; others write it. */
    private void beginToWrite() {
        if (store.tryCommit() < 0) {
            // nothing to write, or somebody was at the file
            store.commit();
        }
    }

    private void tidy() {
        Instant now = Instant.now();
        if (now.isBefore(nextTidying)) {
            return;
        }
        nextTidying = now.plus(BETWEEN_TIDYINGS);
        store.compact(TIDY_ABOVE, TIDIED_OCTETS);
        if (now.isAfter(renewal)) {
            renewal = now.plus(RENEWAL);
            // another value begins its sleep anew
            delay = delay == NEVER ? NEVER - 1 : NEVER;
            store.setAutoCommitDelay(delay);
        }
    }

    private void writeOnlyWhenTold() throws SQLException {
        // none at all would have each transaction write by itself, and have no threads that write beside others
        store.setAutoCommitDelay(delay);
        try {
            Field unsaved = MVStore.class.getDeclaredField("autoCommitMemory");
            unsaved.setAccessible(true);
            unsaved.setInt(store, 2 * enough);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("this version of H2 does not let the moment of its writing be chosen", e);
        }
    }
}
