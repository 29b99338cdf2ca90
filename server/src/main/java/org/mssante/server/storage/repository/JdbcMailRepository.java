package org.mssante.server.storage.repository;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.mailet.Mail;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.SqlWork;
import org.mssante.server.storage.sql.StorageException;
import org.mssante.server.storage.sql.UnitOfWork;

/** One repository in the table {@code repository_mail}; a mail of the same name replaces the one there. Thread-safe. */
public final class JdbcMailRepository implements MailRepository {
    private final String name;
    private final Database database;
    private final StoredMails mails;

    /** @param name of the repository, at most 200 characters */
    public JdbcMailRepository(String name, Database database, StoredMails mails) {
        this.name = name;
        this.database = database;
        this.mails = mails;
    }

    @Override
    public MailKey store(Mail mail) throws MessagingException {
        try (MailContent content = StoredMails.content(mail)) {
            mails.storeAhead(content);
            return database.unit(unit -> store(unit, mail, content));
        } catch (StorageException e) {
            throw failure(e);
        }
    }

    /**
     * Stores as part of a unit of work.
     *
     * @param content the bytes of the mail, whose own are not asked for
     */
    public MailKey store(UnitOfWork unit, Mail mail, MailContent content) throws SQLException {
        MailKey key = MailKey.forMail(mail);
        remove(unit, key);
        try (PreparedStatement insert = unit.connection()
                .prepareStatement("INSERT INTO repository_mail (repository, " + StoredMails.COLUMNS + ") VALUES (?, "
                        + StoredMails.PLACEHOLDERS + ")")) {
            insert.setString(1, name);
            mails.set(insert, 2, mail, content);
            insert.executeUpdate();
        }
        return key;
    }

    /** Removes as part of a unit of work; false where there is no such mail. */
    public boolean remove(UnitOfWork unit, MailKey key) throws SQLException {
        try (PreparedStatement delete =
                unit.connection().prepareStatement("DELETE FROM repository_mail WHERE repository = ? AND name = ?")) {
            delete.setString(1, name);
            delete.setString(2, key.asString());
            return delete.executeUpdate() == 1;
        }
    }

    @Override
    public Iterator<MailKey> list() throws MessagingException {
        return run(connection -> {
                    try (PreparedStatement select = connection.prepareStatement(
                            "SELECT name FROM repository_mail WHERE repository = ? ORDER BY name")) {
                        select.setString(1, name);
                        List<MailKey> keys = new ArrayList<>();
                        try (ResultSet rows = select.executeQuery()) {
                            while (rows.next()) {
                                keys.add(new MailKey(rows.getString(1)));
                            }
                        }
                        return keys;
                    }
                })
                .iterator();
    }

    /** As James wants it: null where there is no such mail. One that is not readable has no recipients. */
    @Override
    public Mail retrieve(MailKey key) throws MessagingException {
        Optional<Mail> found = run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + StoredMails.COLUMNS + " FROM repository_mail WHERE repository = ? AND name = ?")) {
                select.setString(1, name);
                select.setString(2, key.asString());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(mails.read(rows).mail()) : Optional.empty();
                }
            }
        });
        return found.orElse(null);
    }

    @Override
    public void remove(MailKey key) throws MessagingException {
        delete(" AND name = ?", Optional.of(key.asString()));
    }

    @Override
    public void removeAll() throws MessagingException {
        delete("", Optional.empty());
    }

    @Override
    public long size() throws MessagingException {
        return run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT COUNT(*) FROM repository_mail WHERE repository = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private void delete(String condition, Optional<String> value) throws MessagingException {
        run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM repository_mail WHERE repository = ?" + condition)) {
                delete.setString(1, name);
                if (value.isPresent()) {
                    delete.setString(2, value.get());
                }
                return delete.executeUpdate();
            }
        });
    }

    private <T> T run(SqlWork<T, MessagingException> work) throws MessagingException {
        try {
            return database.transaction(work);
        } catch (StorageException e) {
            throw failure(e);
        }
    }

    private static MessagingException failure(StorageException e) {
        return new MessagingException("The mail database failed", e);
    }
}
