package org.mssante.annuaire.registry;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;

/**
 * Second factors of personal mailboxes: a secret in an authenticator app, proved by a code of six digits (RFC 6238). A code counts
 * once, across restarts, too. Thread-safe.
 *
 * <p>Who confirms or takes one off has to take the mailboxes over into the directory, so that open sessions end.
 */
public final class SecondFactors {
    private static final long NONE_YET = -1;

    private final RegistryDatabase database;
    private final SecretSeal seal;
    private final String issuer;
    private final SecureRandom random;
    private final Clock clock;
    private final ChangeLog log;

    /** @param issuer what authenticator apps call this operator */
    public SecondFactors(
            RegistryDatabase database, SecretSeal seal, String issuer, SecureRandom random, Trace trace, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.issuer = issuer;
        this.random = random;
        this.clock = clock;
        this.log = new ChangeLog(trace, clock);
    }

    public Optional<SecondFactor> find(MailAddress address) {
        return row(address).map(Row::factor);
    }

    /**
     * Gives out a secret, in place of one that was never confirmed. It counts once {@link #confirm} has seen a code of it.
     *
     * @throws InvalidRegistrationException where it is no mailbox of a person, or its second factor is on
     */
    public Enrolment enrol(MailAddress address, Warrant warrant) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        database.transaction("a second factor cannot be set up", connection -> {
            ChangeNote note =
                    Credentials.lockPersonal(connection, address, warrant).note();
            if (find(connection, address).filter(row -> row.factor().isOn()).isPresent()) {
                throw new InvalidRegistrationException("the second factor is on: take it off first");
            }
            delete(connection, address);
            insert(connection, address, seal.seal(address, secret));
            log.record(connection, Event.MAILBOX_CHANGED, address, note, "second factor begun");
            return address;
        });
        return Enrolment.of(secret, address, issuer);
    }

    /**
     * Switches it on: from now on the person's own password opens no mail client.
     *
     * @return false where the code is wrong
     * @throws InvalidRegistrationException where none was begun, or it is on already
     */
    public boolean confirm(MailAddress address, String code, Warrant warrant) {
        return database.transaction("a second factor cannot be confirmed", connection -> {
            ChangeNote note =
                    Credentials.lockPersonal(connection, address, warrant).note();
            Row row = find(connection, address)
                    .filter(begun -> !begun.factor().isOn())
                    .orElseThrow(() -> new InvalidRegistrationException("no second factor waits for its first code"));
            Optional<Long> step = step(row, address, code);
            if (step.isEmpty()) {
                return false;
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update second_factor set confirmed_at = ?, last_step = ? where address = ?")) {
                update.setTimestamp(1, log.now());
                update.setLong(2, step.get());
                update.setString(3, address.toString());
                update.executeUpdate();
            }
            Credentials.withdraw(connection, address);
            log.record(connection, Event.MAILBOX_CHANGED, address, note, "second factor on");
            return true;
        });
    }

    /** @throws InvalidRegistrationException where there is none */
    public void takeOff(MailAddress address, Warrant warrant) {
        database.transaction("a second factor cannot be taken off", connection -> {
            ChangeNote note =
                    Credentials.lockPersonal(connection, address, warrant).note();
            if (!delete(connection, address)) {
                throw new InvalidRegistrationException("the mailbox has no second factor");
            }
            Credentials.withdraw(connection, address);
            log.record(connection, Event.MAILBOX_CHANGED, address, note, "second factor off");
            return address;
        });
    }

    /** Whether the person's own password is not enough. */
    boolean isOn(MailAddress address) {
        return find(address).filter(SecondFactor::isOn).isPresent();
    }

    /** The step that code is of, where it is one of a second factor that is on and was not used; it is not used by this. */
    Optional<Long> step(MailAddress address, String code) {
        return row(address).filter(row -> row.factor().isOn()).flatMap(row -> step(row, address, code));
    }

    /** @return false where a code of that step or a later one has been used since */
    boolean use(MailAddress address, long step) {
        return database.transaction("the use of a code cannot be noted", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update second_factor set last_step = ? where address = ? and last_step < ?")) {
                update.setLong(1, step);
                update.setString(2, address.toString());
                update.setLong(3, step);
                return update.executeUpdate() == 1;
            }
        });
    }

    private record Row(String sealed, SecondFactor factor, long lastStep) {}

    private Optional<Long> step(Row row, MailAddress address, String code) {
        return Totp.step(seal.open(address, row.sealed()), code, clock.instant())
                .filter(step -> step > row.lastStep());
    }

    private Optional<Row> row(MailAddress address) {
        return database.read("a second factor cannot be read", connection -> find(connection, address));
    }

    private static Optional<Row> find(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select sealed, made_at, confirmed_at, last_step from second_factor where address = ?")) {
            select.setString(1, address.toString());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                SecondFactor factor = new SecondFactor(
                        row.getTimestamp("made_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("confirmed_at")).map(Timestamp::toInstant));
                return Optional.of(new Row(row.getString("sealed"), factor, row.getLong("last_step")));
            }
        }
    }

    private void insert(Connection connection, MailAddress address, String sealed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into second_factor (address, sealed, made_at, last_step) values (?, ?, ?, ?)")) {
            insert.setString(1, address.toString());
            insert.setString(2, sealed);
            insert.setTimestamp(3, log.now());
            insert.setLong(4, NONE_YET);
            insert.executeUpdate();
        }
    }

    private static boolean delete(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from second_factor where address = ?")) {
            delete.setString(1, address.toString());
            return delete.executeUpdate() > 0;
        }
    }
}
