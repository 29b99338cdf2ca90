package org.mssante.annuaire.registry;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.sql.Transactions;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords of personal mailboxes for one mail client each: made here, told once, withdrawn one by one. They let in where a second
 * factor cannot be asked for. A check costs one hash whether there is such a password or not. Thread-safe.
 *
 * <p>Who withdraws one has to take the mailboxes over into the directory, so that open sessions end.
 */
public final class AppPasswords {
    private static final Logger LOGGER = LoggerFactory.getLogger(AppPasswords.class);
    private static final int LONGEST_NAME = 64;

    private final RegistryDatabase database;
    private final PasswordHashing hashing;
    private final AppPasswordRules rules;
    private final SecureRandom random;
    private final Clock clock;
    private final ChangeLog log;
    private final HashRenewal renewal;
    private final String nobodys;

    public AppPasswords(
            RegistryDatabase database,
            PasswordHashing hashing,
            AppPasswordRules rules,
            SecureRandom random,
            Trace trace,
            Clock clock) {
        this.database = database;
        this.hashing = hashing;
        this.rules = rules;
        this.random = random;
        this.clock = clock;
        this.log = new ChangeLog(trace, clock);
        this.renewal = new HashRenewal(database);
        this.nobodys = hashing.hash(AppPasswordText.random(random).secret());
    }

    /** Those of a mailbox in the order they were made, with those whose time is over and nobody has removed yet. */
    public List<AppPassword> list(MailAddress address) {
        return database.read("the app passwords cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select name, made_at, used_on, ends_at from app_password where address = ? order by made_at, name")) {
                select.setString(1, address.toString());
                try (ResultSet rows = select.executeQuery()) {
                    List<AppPassword> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(appPassword(rows));
                    }
                    return found;
                }
            }
        });
    }

    /**
     * Makes one.
     *
     * @return its text, which nobody can tell again
     * @throws InvalidRegistrationException where it is no mailbox of a person, has as many as it may, or one of that name
     */
    public String create(MailAddress address, String name, Warrant warrant) {
        checkName(name);
        AppPasswordText text = AppPasswordText.random(random);
        String hash = hashing.hash(text.secret());
        return database.transaction("an app password cannot be made", connection -> {
            ChangeNote note =
                    Credentials.lockPersonal(connection, address, warrant).note();
            AppPasswordText free = withFreeSelector(connection, address, text);
            checkRoom(connection, address, name);
            insert(connection, address, free.selector(), name, hash);
            log.record(connection, Event.MAILBOX_CHANGED, address, note, "app password made: " + name);
            return free.text();
        });
    }

    /** @throws InvalidRegistrationException where there is none of that name */
    public void remove(MailAddress address, String name, Warrant warrant) {
        database.transaction("an app password cannot be removed", connection -> {
            ChangeNote note =
                    Credentials.lockPersonal(connection, address, warrant).note();
            if (!delete(connection, address, name)) {
                throw new InvalidRegistrationException("there is no app password of that name");
            }
            Credentials.withdraw(connection, address);
            log.record(connection, Event.MAILBOX_CHANGED, address, note, "app password removed: " + name);
            return name;
        });
    }

    /**
     * Removes those whose time is over.
     *
     * @return how many
     */
    public int removeEnded(ChangeNote note) {
        int removed = 0;
        for (Ended ended : database.read("the app passwords cannot be read", this::ended)) {
            if (remove(ended, note)) {
                removed++;
            }
        }
        return removed;
    }

    /** In a transaction of its own: what fails for the next one takes nothing back of what is traced of this one. */
    private boolean remove(Ended ended, ChangeNote note) {
        return database.transaction("an app password whose time is over cannot be removed", connection -> {
            boolean removed = delete(connection, ended.address(), ended.name());
            if (removed) {
                Credentials.withdraw(connection, ended.address());
                String what = "app password ended: " + ended.name();
                log.record(connection, Event.MAILBOX_CHANGED, ended.address(), note, what);
            }
            return removed;
        });
    }

    /** The name of the one that opens that mailbox, which must be an active one of a person; empty where it opens nothing. */
    Optional<String> check(MailAddress address, AppPasswordText text) {
        Optional<Known> known = find(address, text.selector());
        boolean matches = hashing.matches(text.secret(), known.map(Known::hash).orElse(nobodys));
        if (!matches || known.isEmpty()) {
            return Optional.empty();
        }
        String hash = known.get().hash();
        if (hashing.isCheaper(hash)) {
            renewal.renew("app_password", address, hash, hashing.hash(text.secret()));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!known.get().usedOn().equals(Optional.of(today))) {
            noteUse(address, text.selector(), today);
        }
        return Optional.of(known.get().name());
    }

    /** In the transaction of the change that ends them all; returns their names. */
    static List<String> removeAll(Connection connection, MailAddress address) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select name from app_password where address = ? order by name")) {
            select.setString(1, address.toString());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        for (String name : names) {
            delete(connection, address, name);
        }
        return names;
    }

    private record Known(String name, String hash, Optional<LocalDate> usedOn) {}

    private record Ended(MailAddress address, String name) {}

    private Optional<Known> find(MailAddress address, String selector) {
        return database.read("an app password cannot be read", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select p.name, p.hash, p.used_on from app_password p"
                            + " join mailbox m on m.address = p.address where p.address = ? and p.selector = ?"
                            + " and m.type = 'PER' and m.state = 'ACTIVE' and (p.ends_at is null or p.ends_at > ?)")) {
                select.setString(1, address.toString());
                select.setString(2, selector);
                select.setTimestamp(3, log.now());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Known(row.getString("name"), row.getString("hash"), day(row)))
                            : Optional.<Known>empty();
                }
            }
        });
    }

    /** That it cannot be noted keeps nobody from his mail. */
    private void noteUse(MailAddress address, String selector, LocalDate day) {
        Transactions.Work<Integer> work = connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update app_password set used_on = ? where address = ? and selector = ?")) {
                update.setDate(1, Date.valueOf(day));
                update.setString(2, address.toString());
                update.setString(3, selector);
                return update.executeUpdate();
            }
        };
        try {
            database.transaction("the use of an app password cannot be noted", work);
        } catch (RegistryException e) {
            LOGGER.warn("the use of an app password is not noted: {}", FailureTrail.of(e));
        }
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.equals(name.strip())) {
            throw new InvalidRegistrationException("the name of an app password has 1 to " + LONGEST_NAME
                    + " characters, and no blank before or behind it");
        }
        PlainText.check("the name of an app password", name);
    }

    /** Of two with the same selector, one in a million, the second gets another; the hash is of the rest alone. */
    private AppPasswordText withFreeSelector(Connection connection, MailAddress address, AppPasswordText text)
            throws SQLException {
        AppPasswordText free = text;
        while (count(connection, "selector", address, free.selector()) > 0) {
            free = new AppPasswordText(AppPasswordText.random(random).selector(), text.secret());
        }
        return free;
    }

    private void checkRoom(Connection connection, MailAddress address, String name) throws SQLException {
        if (count(connection, "name", address, name) > 0) {
            throw new InvalidRegistrationException("there is an app password of that name: remove it first");
        }
        if (count(connection, address) >= rules.most()) {
            throw new InvalidRegistrationException(
                    "the mailbox has " + rules.most() + " app passwords, as many as it may: remove one first");
        }
    }

    private static int count(Connection connection, String column, MailAddress address, String value)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from app_password where address = ? and " + column + " = ?")) {
            select.setString(1, address.toString());
            select.setString(2, value);
            return number(select);
        }
    }

    private static int count(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from app_password where address = ?")) {
            select.setString(1, address.toString());
            return number(select);
        }
    }

    private static int number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private void insert(Connection connection, MailAddress address, String selector, String name, String hash)
            throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into app_password (address, selector, name, hash, made_at, ends_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, address.toString());
            insert.setString(2, selector);
            insert.setString(3, name);
            insert.setString(4, hash);
            insert.setTimestamp(5, Timestamp.from(now));
            insert.setTimestamp(6, rules.end(now).map(Timestamp::from).orElse(null));
            insert.executeUpdate();
        }
    }

    private static boolean delete(Connection connection, MailAddress address, String name) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from app_password where address = ? and name = ?")) {
            delete.setString(1, address.toString());
            delete.setString(2, name);
            return delete.executeUpdate() > 0;
        }
    }

    private List<Ended> ended(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select address, name from app_password where ends_at <= ? order by address, name")) {
            select.setTimestamp(1, log.now());
            try (ResultSet rows = select.executeQuery()) {
                List<Ended> ended = new ArrayList<>();
                while (rows.next()) {
                    ended.add(new Ended(MailAddress.parse(rows.getString(1)), rows.getString(2)));
                }
                return ended;
            }
        }
    }

    private static AppPassword appPassword(ResultSet row) throws SQLException {
        return new AppPassword(
                row.getString("name"),
                row.getTimestamp("made_at").toInstant(),
                day(row),
                Optional.ofNullable(row.getTimestamp("ends_at")).map(Timestamp::toInstant));
    }

    private static Optional<LocalDate> day(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getDate("used_on")).map(Date::toLocalDate);
    }
}
