package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.mssante.server.storage.sql.Database;

/**
 * Annotations of mailboxes (RFC 5464): the table {@code annotation}, and {@code private_annotation} for those below {@code /private}
 * of a member of a shared mailbox, which are his own. A mailbox has a handful at most, so they are chosen from in memory.
 */
public final class JdbcAnnotationMapper implements AnnotationMapper {
    private static final String PRIVATE = "/private/";

    private final Database database;
    private final Reader reader;

    JdbcAnnotationMapper(Database database, Reader reader) {
        this.database = database;
        this.reader = reader;
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
            Optional<String> owner = owner(annotation.getKey());
            try (PreparedStatement insert = connection.prepareStatement(
                    owner.isPresent()
                            ? "INSERT INTO private_annotation (mailbox_id, name, content, person) VALUES (?, ?, ?, ?)"
                            : "INSERT INTO annotation (mailbox_id, name, content) VALUES (?, ?, ?)")) {
                insert.setObject(1, JdbcMailboxId.uuid(mailboxId));
                insert.setString(2, annotation.getKey().asString());
                insert.setString(3, content);
                if (owner.isPresent()) {
                    insert.setString(4, owner.get());
                }
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

    /** The person whose own it is; empty where it is the mailbox's. */
    private Optional<String> owner(MailboxAnnotationKey key) {
        return reader.person().filter(person -> key.asString().startsWith(PRIVATE));
    }

    private List<MailboxAnnotation> find(MailboxId mailboxId, Predicate<MailboxAnnotationKey> wanted) {
        UUID mailbox = JdbcMailboxId.uuid(mailboxId);
        return database.read(connection -> {
            List<MailboxAnnotation> found = new ArrayList<>(select(
                    connection,
                    "annotation WHERE mailbox_id = ?",
                    select -> select.setObject(1, mailbox),
                    key -> owner(key).isEmpty() && wanted.test(key)));
            if (reader.person().isPresent()) {
                found.addAll(select(
                        connection,
                        "private_annotation WHERE mailbox_id = ? AND person = ?",
                        select -> {
                            select.setObject(1, mailbox);
                            select.setString(2, reader.person().get());
                        },
                        wanted));
            }
            return found;
        });
    }

    private static List<MailboxAnnotation> select(
            Connection connection, String which, Bindings bindings, Predicate<MailboxAnnotationKey> wanted)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name, content FROM " + which)) {
            bindings.set(select);
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
    }

    private int delete(Connection connection, MailboxId mailboxId, MailboxAnnotationKey key) throws SQLException {
        Optional<String> owner = owner(key);
        try (PreparedStatement delete = connection.prepareStatement(
                owner.isPresent()
                        ? "DELETE FROM private_annotation WHERE mailbox_id = ? AND name = ? AND person = ?"
                        : "DELETE FROM annotation WHERE mailbox_id = ? AND name = ?")) {
            delete.setObject(1, JdbcMailboxId.uuid(mailboxId));
            delete.setString(2, key.asString());
            if (owner.isPresent()) {
                delete.setString(3, owner.get());
            }
            return delete.executeUpdate();
        }
    }
}
