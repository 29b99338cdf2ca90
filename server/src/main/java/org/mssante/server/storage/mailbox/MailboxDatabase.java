package org.mssante.server.storage.mailbox;

import org.apache.james.mailbox.exception.MailboxException;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.SqlWork;
import org.mssante.server.storage.sql.StorageException;

/** The database, its failures said as the exception that James' protocols turn into a temporary refusal. */
final class MailboxDatabase {
    private final Database database;

    MailboxDatabase(Database database) {
        this.database = database;
    }

    <T> T read(SqlWork<T, MailboxException> work) throws MailboxException {
        try {
            return database.read(work);
        } catch (StorageException e) {
            throw failure(e);
        }
    }

    <T> T transaction(SqlWork<T, MailboxException> work) throws MailboxException {
        try {
            return database.transaction(work);
        } catch (StorageException e) {
            throw failure(e);
        }
    }

    static MailboxException failure(StorageException e) {
        return new MailboxException("The mail database failed", e);
    }
}
