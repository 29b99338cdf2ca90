package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.mssante.server.storage.sql.Database;

/** The table {@code annotation} (RFC 5464). A mailbox has a handful at most, so they are chosen from in memory. */
public final class JdbcAnnotationMapper implements AnnotationMapper {
    private final Database database;

    JdbcAnnotationMapper(Database database) {
        this.database = database;
    }

    @Override
    public List<MailboxAnnotation> getAllAnnotations(MailboxId mailboxId) {
        return find(mailboxId, key -> true);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeys(MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return find(mailboxId, keys::contains);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithOneDepth(
            MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return find(mailboxId, key -> keys.stream().anyMatch(asked -> asked.isParentOrIsEqual(key)));
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithAllDepth(
            MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return find(mailboxId, key -> keys.stream().anyMatch(asked -> asked.isAncestorOrIsEqual(key)));
    }

    @Override
    public void deleteAnnotation(MailboxId mailboxId, MailboxAnnotationKey key) {
        database.transaction(connection -> delete(connection, mailboxId, key));
    }

    @Override
    public void insertAnnotation(MailboxId mailboxId, MailboxAnnotation annotation) {
        String content = annotation
                .getValue()
                .orElseThrow(
                        () -> new IllegalArgumentException("an annotation without a value is deleted, not stored"));
        database.transaction(connection -> {
            int replaced = delete(connection, mailboxId, annotation.getKey());
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO annotation (mailbox_id, name, content) VALUES (?, ?, ?)")) {
                insert.setObject(1, JdbcMailboxId.uuid(mailboxId));
                insert.setString(2, annotation.getKey().asString());
                insert.setString(3, content);
                insert.executeUpdate();
            }
            return replaced;
        });
    }

    @Override
    public boolean exist(MailboxId mailboxId, MailboxAnnotation annotation) {
        return !find(mailboxId, annotation.getKey()::equals).isEmpty();
    }

    @Override
    public int countAnnotations(MailboxId mailboxId) {
        return getAllAnnotations(mailboxId).size();
    }

    private List<MailboxAnnotation> find(MailboxId mailboxId, Predicate<MailboxAnnotationKey> wanted) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name, content FROM annotation WHERE mailbox_id = ?")) {
                select.setObject(1, JdbcMailboxId.uuid(mailboxId));
                List<MailboxAnnotation> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        MailboxAnnotationKey key = new MailboxAnnotationKey(rows.getString(1));
                        if (wanted.test(key)) {
                            found.add(MailboxAnnotation.newInstance(key, rows.getString(2)));
                        }
                    }
                }
                return found;
            }
        });
    }

    private static int delete(Connection connection, MailboxId mailboxId, MailboxAnnotationKey key)
            throws SQLException {
        UUID mailbox = JdbcMailboxId.uuid(mailboxId);
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM annotation WHERE mailbox_id = ? AND name = ?")) {
            delete.setObject(1, mailbox);
            delete.setString(2, key.asString());
            return delete.executeUpdate();
        }
    }
}
