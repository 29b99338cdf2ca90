package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;

/**
 * What the register says against our mailboxes, since when. Each step stands in the history and the trace and leaves the
 * notices about it in the outbox, in one transaction. An operator who opens, closes or purges a mailbox or gives it another
 * holder or structure takes its flag away (see {@link MailboxRegistry#change}). Thread-safe.
 */
public final class RegisterFlags {
    private final RegistryDatabase database;
    private final MailboxRegistry registry;
    private final ChangeLog log;
    private final Clock clock;

    public RegisterFlags(RegistryDatabase database, MailboxRegistry registry, Trace trace, Clock clock) {
        this.database = database;
        this.registry = registry;
        this.log = new ChangeLog(trace, clock);
        this.clock = clock;
    }

    /** By address, in their order. */
    public Map<MailAddress, RegisterFlag> all() {
        return database.read("the flags of mailboxes cannot be read", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select address, motive, since from mailbox_flag order by address")) {
                return flags(select);
            }
        });
    }

    /** The same of these mailboxes alone. */
    public Map<MailAddress, RegisterFlag> of(Collection<MailAddress> addresses) {
        return database.read("the flags of mailboxes cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select address, motive, since from mailbox_flag where address = any(?) order by address")) {
                select.setArray(
                        1,
                        connection.createArrayOf(
                                "VARCHAR",
                                addresses.stream().map(MailAddress::toString).toArray()));
                return flags(select);
            }
        });
    }

    public Optional<RegisterFlag> find(MailAddress address) {
        return database.read("the flag of a mailbox cannot be read", connection -> find(connection, address));
    }

    /**
     * Flags a mailbox from now on; one that is flagged already keeps its date, and nobody is told again. Without effect
     * where the mailbox is not any more what was judged.
     *
     * @param told who is to be sent a notice
     */
    public void raise(Registration judged, FlagMotive motive, ChangeNote note, Collection<MailAddress> told) {
        MailAddress address = judged.address();
        database.transaction("a mailbox cannot be flagged", connection -> {
            if (isStill(judged.mailbox(), MailboxRows.lock(connection, address))) {
                Optional<RegisterFlag> present = find(connection, address);
                RegisterFlag flag = new RegisterFlag(
                        address, motive, present.map(RegisterFlag::since).orElseGet(clock::instant));
                if (present.isPresent()) {
                    delete(connection, address);
                } else {
                    NoticeOutbox.add(connection, flag, NoticeKind.FLAGGED, told, log.now());
                }
                insert(connection, flag);
                log.record(connection, Event.MAILBOX_FLAGGED, address, note, "flagged: " + motive);
            }
            return address;
        });
    }

    private static boolean isStill(Mailbox judged, Optional<Registration> present) {
        return present.map(Registration::mailbox)
                .filter(mailbox -> mailbox.state() == judged.state()
                        && mailbox.holder().equals(judged.holder())
                        && mailbox.structure().equals(judged.structure()))
                .isPresent();
    }

    /** Takes the flag off; without effect where there is none. */
    public void lower(MailAddress address, ChangeNote note, Collection<MailAddress> told) {
        database.transaction("the flag of a mailbox cannot be taken off", connection -> {
            Optional<RegisterFlag> flag = find(connection, address);
            if (flag.isPresent()) {
                delete(connection, address);
                NoticeOutbox.add(connection, flag.get(), NoticeKind.CLEARED, told, log.now());
                log.record(connection, Event.MAILBOX_UNFLAGGED, address, note, "not flagged any more");
            }
            return flag;
        });
    }

    /**
     * Suspends a mailbox for its flag; the flag stays.
     *
     * @throws InvalidRegistrationException where it is not active or not flagged any more
     */
    public void suspend(RegisterFlag flag, ChangeNote note, Collection<MailAddress> told) {
        MailAddress address = flag.address();
        registry.change(address, RegisterFlags::suspended, note, connection -> {
            if (find(connection, address).isEmpty()) {
                throw new InvalidRegistrationException("the mailbox is not flagged any more");
            }
            NoticeOutbox.add(connection, flag, NoticeKind.SUSPENDED, told, log.now());
            return address;
        });
    }

    private static Registration suspended(Registration present) {
        if (!present.mailbox().isActive()) {
            throw new InvalidRegistrationException("the mailbox is not active any more");
        }
        return MailboxProperties.change(present, Map.of(MailboxProperties.STATE, MailboxState.SUSPENDED.name()));
    }

    static void delete(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from mailbox_flag where address = ?")) {
            delete.setString(1, address.toString());
            delete.executeUpdate();
        }
    }

    private static void insert(Connection connection, RegisterFlag flag) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into mailbox_flag (address, motive, since) values (?, ?, ?)")) {
            insert.setString(1, flag.address().toString());
            insert.setString(2, flag.motive().name());
            insert.setTimestamp(3, Timestamp.from(flag.since()));
            insert.executeUpdate();
        }
    }

    private static Optional<RegisterFlag> find(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select address, motive, since from mailbox_flag where address = ?")) {
            select.setString(1, address.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(flag(row)) : Optional.empty();
            }
        }
    }

    private static Map<MailAddress, RegisterFlag> flags(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            Map<MailAddress, RegisterFlag> flags = new LinkedHashMap<>();
            while (rows.next()) {
                RegisterFlag flag = flag(rows);
                flags.put(flag.address(), flag);
            }
            return flags;
        }
    }

    private static RegisterFlag flag(ResultSet row) throws SQLException {
        return new RegisterFlag(
                MailAddress.parse(row.getString("address")),
                FlagMotive.valueOf(row.getString("motive")),
                row.getTimestamp("since").toInstant());
    }
}
