package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.james.core.Username;
import org.apache.james.mailbox.acl.ACLDiff;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.ACLCommand;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.mssante.server.storage.quota.QuotaUsageTable;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table {@code mailbox}. A path is unique by a constraint of the database. Thread-safe. */
public final class JdbcMailboxMapper implements MailboxMapper {
    private static final String PATH = "m.owner = ? AND m.namespace = ? AND m.name = ?";

    private static final String INSERT =
            "INSERT INTO mailbox (owner, namespace, name, id, uid_validity) VALUES (?, ?, ?, ?, ?)";

    private final Database database;

    public JdbcMailboxMapper(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Mailbox> create(MailboxPath path, UidValidity uidValidity) {
        return Reactive.mono(() -> {
            JdbcMailboxId id = JdbcMailboxId.next();
            try {
                return database.transaction(connection -> insert(connection, id, path, uidValidity));
            } catch (StorageException e) {
                throw e.isDuplicateKey() ? new MailboxExistsException(path.getName()) : MailboxDatabase.failure(e);
            }
        });
    }

    @Override
    public Mono<MailboxId> rename(Mailbox mailbox) {
        Objects.requireNonNull(mailbox.getMailboxId(), "a mailbox to rename has an id");
        return Reactive.mono(() -> {
            MailboxPath path = mailbox.generateAssociatedPath();
            Renaming outcome = database.transaction(connection -> rename(connection, mailbox));
            return switch (outcome) {
                case DONE -> mailbox.getMailboxId();
                case NO_SUCH_MAILBOX -> throw new MailboxNotFoundException(mailbox.getMailboxId());
                case PATH_IN_USE -> throw new MailboxExistsException(path.getName());
            };
        });
    }

    /** Its messages leave with it, and the owner's quota is relieved of them. */
    @Override
    public Mono<Void> delete(Mailbox mailbox) {
        UUID id = JdbcMailboxId.uuid(mailbox.getMailboxId());
        return Reactive.mono(() -> database.transaction(connection -> delete(connection, id)))
                .then();
    }

    @Override
    public Mono<Mailbox> findMailboxByPath(MailboxPath path) {
        return Reactive.flux(() -> find(PATH, select -> setFullPath(select, path)))
                .next();
    }

    @Override
    public Mono<Mailbox> findMailboxById(MailboxId id) {
        return Reactive.flux(() -> find("m.id = ?", select -> select.setObject(1, JdbcMailboxId.uuid(id))))
                .next()
                .switchIfEmpty(Mono.error(() -> new MailboxNotFoundException(id)));
    }

    @Override
    public Flux<Mailbox> findNonPersonalMailboxes(Username user, Right right) {
        return Reactive.flux(() -> find(
                "m.id IN (SELECT mailbox_id FROM mailbox_right WHERE entry = ? AND POSITION(? IN rights) > 0)",
                select -> {
                    select.setString(1, EntryKey.createUserEntryKey(user).serialize());
                    select.setString(2, String.valueOf(right.asCharacter()));
                }));
    }

    @Override
    public Flux<Mailbox> findMailboxWithPathLike(MailboxQuery.UserBound query) {
        return Reactive.flux(() -> find("m.owner = ? AND m.namespace = ?", select -> {
                    select.setString(1, query.getFixedUser().asString());
                    select.setString(2, query.getFixedNamespace());
                }))
                .filter(query::matches);
    }

    @Override
    public Mono<Boolean> hasChildren(Mailbox mailbox, char delimiter) {
        return Reactive.mono(() -> database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM mailbox m WHERE"
                    + " m.owner = ? AND m.namespace = ? AND POSITION(? IN m.name) = 1")) {
                setOwnerAndNamespace(select, mailbox.generateAssociatedPath());
                select.setString(3, mailbox.getName() + delimiter);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        }));
    }

    @Override
    public Mono<ACLDiff> updateACL(Mailbox mailbox, ACLCommand command) {
        return Reactive.mono(() -> changeRights(mailbox, acl -> {
            try {
                return acl.apply(command);
            } catch (UnsupportedRightException e) {
                throw new IllegalArgumentException("a right this server does not know", e);
            }
        }));
    }

    @Override
    public Mono<ACLDiff> setACL(Mailbox mailbox, MailboxACL acl) {
        return Reactive.mono(() -> changeRights(mailbox, before -> acl));
    }

    @Override
    public Flux<Mailbox> list() {
        return Reactive.flux(() -> find("1 = 1", select -> {}));
    }

    private List<Mailbox> find(String condition, Bindings bindings) {
        return database.read(connection -> {
            Map<UUID, MailboxACL> rights = MailboxRights.find(connection, condition, bindings);
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT m.id, m.namespace, m.owner, m.name, m.uid_validity FROM mailbox m WHERE " + condition
                            + " ORDER BY m.owner, m.namespace, m.name")) {
                bindings.set(select);
                List<Mailbox> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(mailbox(rows, rights));
                    }
                }
                return found;
            }
        });
    }

    private static Mailbox mailbox(ResultSet row, Map<UUID, MailboxACL> rights) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        Mailbox mailbox = new Mailbox(
                new MailboxPath(row.getString(2), owner(row.getString(3)), row.getString(4)),
                UidValidity.of(row.getLong(5)),
                new JdbcMailboxId(id));
        mailbox.setACL(rights.getOrDefault(id, MailboxACL.EMPTY));
        return mailbox;
    }

    private static Mailbox insert(Connection connection, JdbcMailboxId id, MailboxPath path, UidValidity uidValidity)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            setMailbox(insert, id.value(), path, uidValidity);
            insert.executeUpdate();
        }
        return new Mailbox(path, uidValidity, id);
    }

    /** False where there is a mailbox of that path already. */
    static boolean insertUnlessThere(Connection connection, UUID id, MailboxPath path, UidValidity uidValidity)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT + " ON CONFLICT DO NOTHING")) {
            setMailbox(insert, id, path, uidValidity);
            return insert.executeUpdate() == 1;
        }
    }

    private static void setMailbox(PreparedStatement insert, UUID id, MailboxPath path, UidValidity uidValidity)
            throws SQLException {
        setFullPath(insert, path);
        insert.setObject(4, id);
        insert.setLong(5, uidValidity.asLong());
    }

    private enum Renaming {
        DONE,
        NO_SUCH_MAILBOX,
        PATH_IN_USE
    }

    private static Renaming rename(Connection connection, Mailbox mailbox) throws SQLException {
        UUID id = JdbcMailboxId.uuid(mailbox.getMailboxId());
        MailboxPath path = mailbox.generateAssociatedPath();
        Optional<LockedMailbox> locked = LockedMailbox.lock(connection, id);
        if (locked.isEmpty()) {
            return Renaming.NO_SUCH_MAILBOX;
        }
        try (PreparedStatement taken = connection.prepareStatement("SELECT 1 FROM mailbox m WHERE " + PATH)) {
            setFullPath(taken, path);
            try (ResultSet rows = taken.executeQuery()) {
                if (rows.next()) {
                    return Renaming.PATH_IN_USE;
                }
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE mailbox SET owner = ?, namespace = ?, name = ? WHERE id = ?")) {
            setFullPath(update, path);
            update.setObject(4, id);
            update.executeUpdate();
        }
        moveUsage(connection, locked.get(), QuotaUsageTable.root(path.getNamespace(), ownerText(path)));
        return Renaming.DONE;
    }

    private static void moveUsage(Connection connection, LockedMailbox mailbox, String newRoot) throws SQLException {
        if (!newRoot.equals(mailbox.quotaRoot())) {
            Contents contents = Contents.of(connection, mailbox.id());
            QuotaUsageTable.add(connection, mailbox.quotaRoot(), -contents.messages(), -contents.octets());
            QuotaUsageTable.add(connection, newRoot, contents.messages(), contents.octets());
        }
    }

    /** @return how many messages were in it; none where there is no such mailbox any more */
    static long delete(Connection connection, UUID id) throws SQLException {
        Optional<LockedMailbox> locked = LockedMailbox.lock(connection, id);
        return locked.isPresent() ? delete(connection, locked.get()) : 0;
    }

    private static long delete(Connection connection, LockedMailbox mailbox) throws SQLException {
        Contents contents = Contents.of(connection, mailbox.id());
        mailbox.count(-contents.messages(), -contents.octets());
        mailbox.save(connection);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM mailbox WHERE id = ?")) {
            delete.setObject(1, mailbox.id());
            delete.executeUpdate();
        }
        return contents.messages();
    }

    private ACLDiff changeRights(Mailbox mailbox, UnaryOperator<MailboxACL> change) throws MailboxNotFoundException {
        UUID id = JdbcMailboxId.uuid(mailbox.getMailboxId());
        return database.transaction(connection -> {
                    if (LockedMailbox.lock(connection, id).isEmpty()) {
                        return Optional.<ACLDiff>empty();
                    }
                    MailboxACL before = MailboxRights.of(connection, id);
                    MailboxACL after = change.apply(before);
                    MailboxRights.replace(connection, id, after);
                    return Optional.of(ACLDiff.computeDiff(before, after));
                })
                .orElseThrow(() -> new MailboxNotFoundException(mailbox.getMailboxId()));
    }

    private static void setFullPath(PreparedStatement statement, MailboxPath path) throws SQLException {
        setOwnerAndNamespace(statement, path);
        statement.setString(3, path.getName());
    }

    private static void setOwnerAndNamespace(PreparedStatement statement, MailboxPath path) throws SQLException {
        statement.setString(1, ownerText(path));
        statement.setString(2, path.getNamespace());
    }

    private static String ownerText(MailboxPath path) {
        return Optional.ofNullable(path.getUser()).map(Username::asString).orElse("");
    }

    /** James wants null for a mailbox nobody owns. */
    private static Username owner(String text) {
        return text.isEmpty() ? null : Username.of(text);
    }

    /** How much a mailbox holds. */
    private record Contents(long messages, long octets) {
        static Contents of(Connection connection, UUID mailbox) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT COUNT(*), COALESCE(SUM(m.octets), 0)
                    FROM mailbox_message mm JOIN message m ON m.id = mm.message_id WHERE mm.mailbox_id = ?""")) {
                select.setObject(1, mailbox);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new Contents(row.getLong(1), row.getLong(2));
                }
            }
        }
    }
}
