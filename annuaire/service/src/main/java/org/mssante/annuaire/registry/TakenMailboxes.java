package org.mssante.annuaire.registry;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * Remembers what the annuaire national has taken, so that only what differs is sent again. One destination does not know what
 * another was told. Thread-safe.
 */
public final class TakenMailboxes {
    private final RegistryDatabase database;
    private final String destination;
    private final Clock clock;

    /** @param destination where mailboxes are published now: what was taken before destinations were told apart was taken there */
    public TakenMailboxes(RegistryDatabase database, String destination, Clock clock) {
        this.database = database;
        this.destination = destination;
        this.clock = clock;
        database.transaction("the publications cannot be ascribed to " + destination, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update taken_at set destination = ? where destination = ''")) {
                update.setString(1, destination);
                return update.executeUpdate();
            }
        });
    }

    /** What this destination has taken, withdrawals included. */
    public Map<MailAddress, TakenMailbox> here() {
        return database.read("the publications cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select address, carrier, digest from taken_at where destination = ?")) {
                select.setString(1, destination);
                Map<MailAddress, TakenMailbox> taken = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        MailAddress address = MailAddress.parse(rows.getString(1));
                        taken.put(
                                address,
                                new TakenMailbox(address, rows.getString(2), Optional.ofNullable(rows.getString(3))));
                    }
                }
                return taken;
            }
        });
    }

    /** When this destination took what it was told last of a mailbox, a withdrawal included. */
    public Map<MailAddress, Instant> times() {
        return database.read("the times of the publications cannot be read", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select address, told_at from taken_at where destination = ?")) {
                select.setString(1, destination);
                Map<MailAddress, Instant> times = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        times.put(
                                MailAddress.parse(rows.getString(1)),
                                rows.getTimestamp(2).toInstant());
                    }
                }
                return times;
            }
        });
    }

    public void record(TakenMailbox mailbox) {
        database.transaction("a publication cannot be recorded", connection -> {
            try (PreparedStatement merge = connection.prepareStatement(
                    "merge into taken_at (address, destination, carrier, digest, told_at) key (address, destination)"
                            + " values (?, ?, ?, ?, ?)")) {
                merge.setString(1, mailbox.address().toString());
                merge.setString(2, destination);
                merge.setString(3, mailbox.carrier());
                merge.setString(4, mailbox.digest().orElse(null));
                merge.setTimestamp(5, Timestamp.from(clock.instant()));
                return merge.executeUpdate();
            }
        });
    }
}
