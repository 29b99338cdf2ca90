package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * Who administers mailboxes over the network. What is given or taken stands in the history and the trace, in one transaction.
 * Thread-safe.
 */
public final class Delegations {
    private static final String ALL = "ALL";

    private final RegistryDatabase database;
    private final Trace trace;
    private final Clock clock;

    /** Whether somebody may, by what he was given himself. */
    @FunctionalInterface
    public interface Leave {
        /**
         * @return who he is and why he does it
         * @throws RuntimeException where he may not: nothing changes
         */
        ChangeNote of(Powers powers);
    }

    public Delegations(RegistryDatabase database, Trace trace, Clock clock) {
        this.database = database;
        this.trace = trace;
        this.clock = clock;
    }

    /** In the order of persons. */
    public List<Delegation> all() {
        return database.read("the delegations cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select person, scope, since, author, reason from delegation order by person, scope");
                    ResultSet rows = select.executeQuery()) {
                List<Delegation> delegations = new ArrayList<>();
                while (rows.next()) {
                    delegations.add(delegation(rows, "since"));
                }
                return delegations;
            }
        });
    }

    /** What was given to a person and taken from him, oldest first. */
    public List<DelegationChange> history(MailAddress person) {
        return database.read("the history of delegations cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select person, scope, given, changed_at,"
                    + " author, reason from delegation_change where person = ? order by id")) {
                select.setString(1, person.toString());
                try (ResultSet rows = select.executeQuery()) {
                    List<DelegationChange> changes = new ArrayList<>();
                    while (rows.next()) {
                        changes.add(new DelegationChange(delegation(rows, "changed_at"), rows.getBoolean("given")));
                    }
                    return changes;
                }
            }
        });
    }

    public Powers of(MailAddress person) {
        return database.read("the delegations cannot be read", connection -> powers(connection, person, ""));
    }

    /** The same, and nobody takes anything of it away before the end of the transaction; nothing for nobody. */
    static Powers lock(Connection connection, Optional<MailAddress> person) throws SQLException {
        return person.isPresent() ? powers(connection, person.get(), " for update") : Powers.NONE;
    }

    /**
     * Gives a person a structure's mailboxes, or all, to administer.
     *
     * @param author who does it, where that is a person: what he was given himself is not taken away before the end
     * @throws InvalidRegistrationException where he has that already, or no mailbox of type PER that is not given up
     */
    public void give(Optional<MailAddress> author, Leave leave, MailAddress person, Optional<StructureId> structure) {
        database.transaction("a delegation cannot be given", connection -> {
            // before the author's own, as changes of mailboxes do; and nobody purges it meanwhile
            Optional<Registration> mailbox = MailboxRows.lock(connection, person);
            ChangeNote note = leave.of(lock(connection, author));
            if (mailbox.filter(present -> MemberRules.isPerson(present.mailbox()))
                    .isEmpty()) {
                throw new InvalidRegistrationException(person + " is no open mailbox of type PER");
            }
            give(connection, person, structure, note);
            return person;
        });
    }

    /** @throws InvalidRegistrationException where he does not have that */
    public void take(Optional<MailAddress> author, Leave leave, MailAddress person, Optional<StructureId> structure) {
        database.transaction("a delegation cannot be taken", connection -> {
            ChangeNote note = leave.of(lock(connection, author));
            take(connection, person, structure, note);
            return person;
        });
    }

    private void give(Connection connection, MailAddress person, Optional<StructureId> structure, ChangeNote note)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from delegation where person = ? and scope = ?")) {
            select.setString(1, person.toString());
            select.setString(2, scope(structure));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    throw new InvalidRegistrationException(person + " has " + words(structure) + " already");
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into delegation (person, scope, since, author, reason) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, person.toString());
            insert.setString(2, scope(structure));
            insert.setTimestamp(3, Timestamp.from(clock.instant()));
            insert.setString(4, note.author());
            insert.setString(5, note.reason());
            insert.executeUpdate();
        }
        record(connection, person, structure, true, note);
    }

    private void take(Connection connection, MailAddress person, Optional<StructureId> structure, ChangeNote note)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from delegation where person = ? and scope = ?")) {
            delete.setString(1, person.toString());
            delete.setString(2, scope(structure));
            if (delete.executeUpdate() == 0) {
                throw new InvalidRegistrationException(person + " does not have " + words(structure));
            }
        }
        record(connection, person, structure, false, note);
    }

    /** In the transaction that purges his mailbox: who is gone for ever administers nothing. */
    void takeAll(Connection connection, MailAddress person, ChangeNote note) throws SQLException {
        Powers powers = powers(connection, person, " for update");
        List<Optional<StructureId>> given = powers.structures().stream()
                .sorted(Comparator.comparing(StructureId::nationalId))
                .map(Optional::of)
                .collect(Collectors.toCollection(ArrayList::new));
        if (powers.everything()) {
            given.add(Optional.empty());
        }
        for (Optional<StructureId> structure : given) {
            take(connection, person, structure, note);
        }
    }

    private void record(
            Connection connection, MailAddress person, Optional<StructureId> structure, boolean given, ChangeNote note)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into delegation_change (person, scope, given, changed_at,"
                        + " author, reason) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, person.toString());
            insert.setString(2, scope(structure));
            insert.setBoolean(3, given);
            insert.setTimestamp(4, Timestamp.from(clock.instant()));
            insert.setString(5, note.author());
            insert.setString(6, note.reason());
            insert.executeUpdate();
        }
        trace.record(TraceEntry.of(given ? Event.DELEGATION_GIVEN : Event.DELEGATION_TAKEN)
                .with(Field.ACTOR, note.author())
                .with(Field.ON_BEHALF_OF, person)
                .with(Field.DETAIL, words(structure))
                .with(Field.REASON, note.reason()));
    }

    private static Powers powers(Connection connection, MailAddress person, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select scope from delegation where person = ?" + lock)) {
            select.setString(1, person.toString());
            try (ResultSet rows = select.executeQuery()) {
                List<String> scopes = new ArrayList<>();
                while (rows.next()) {
                    scopes.add(rows.getString(1));
                }
                Set<StructureId> structures = scopes.stream()
                        .filter(Predicate.not(ALL::equals))
                        .map(StructureId::ofNationalId)
                        .collect(Collectors.toSet());
                return new Powers(
                        scopes.contains(ALL),
                        structures,
                        MailboxRows.find(connection, person).map(Registration::mailbox));
            }
        }
    }

    private static Delegation delegation(ResultSet row, String time) throws SQLException {
        return new Delegation(
                MailAddress.parse(row.getString("person")),
                Optional.of(row.getString("scope"))
                        .filter(Predicate.not(ALL::equals))
                        .map(StructureId::ofNationalId),
                instant(row, time),
                new ChangeNote(row.getString("author"), row.getString("reason")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static String scope(Optional<StructureId> structure) {
        return structure.map(StructureId::nationalId).orElse(ALL);
    }

    private static String words(Optional<StructureId> structure) {
        return structure
                .map(present -> "the mailboxes of the structure " + present)
                .orElse("all mailboxes");
    }
}
