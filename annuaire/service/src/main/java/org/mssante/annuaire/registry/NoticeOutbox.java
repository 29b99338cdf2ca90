package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mssante.core.id.MailAddress;

/** Notices wait here, from the change they tell of until the mail server has taken or refused them for good. Thread-safe. */
public final class NoticeOutbox {
    private final RegistryDatabase database;

    public NoticeOutbox(RegistryDatabase database) {
        this.database = database;
    }

    /** The oldest first. */
    public List<Notice> waiting() {
        return database.read("the notices cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select id, address, kind, motive, since, recipient, created_at from notice order by id");
                    ResultSet rows = select.executeQuery()) {
                List<Notice> notices = new ArrayList<>();
                while (rows.next()) {
                    notices.add(notice(rows));
                }
                return notices;
            }
        });
    }

    /** Nothing more is to be done about it. */
    public void done(Notice notice) {
        database.transaction("a notice cannot be taken off the outbox", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from notice where id = ?")) {
                delete.setLong(1, notice.id());
                return delete.executeUpdate();
            }
        });
    }

    static void add(
            Connection connection,
            RegisterFlag flag,
            NoticeKind kind,
            Collection<MailAddress> recipients,
            Timestamp created)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into notice (address, kind, motive, since, recipient, created_at) values (?, ?, ?, ?, ?, ?)")) {
            for (MailAddress recipient : recipients) {
                insert.setString(1, flag.address().toString());
                insert.setString(2, kind.name());
                insert.setString(3, flag.motive().name());
                insert.setTimestamp(4, Timestamp.from(flag.since()));
                insert.setString(5, recipient.toString());
                insert.setTimestamp(6, created);
                insert.executeUpdate();
            }
        }
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                row.getLong("id"),
                MailAddress.parse(row.getString("address")),
                NoticeKind.valueOf(row.getString("kind")),
                FlagMotive.valueOf(row.getString("motive")),
                row.getTimestamp("since").toInstant(),
                MailAddress.parse(row.getString("recipient")),
                row.getTimestamp("created_at").toInstant());
    }
}
