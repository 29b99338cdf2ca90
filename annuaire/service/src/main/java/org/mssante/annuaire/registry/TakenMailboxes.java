package org.mssante.annuaire.registry;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.MailAddress;

/** Remembers what the annuaire national has taken, so that only what differs is sent again. Thread-safe. */
public final class TakenMailboxes {
    private final RegistryDatabase database;
    private final Clock clock;

    public TakenMailboxes(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Map<MailAddress, TakenMailbox> all() {
        return database.read("the publications cannot be read", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select address, carrier, digest from taken_mailbox");
                    ResultSet rows = select.executeQuery()) {
                Map<MailAddress, TakenMailbox> taken = new HashMap<>();
                while (rows.next()) {
                    MailAddress address = MailAddress.parse(rows.getString(1));
                    taken.put(
                            address,
                            new TakenMailbox(address, rows.getString(2), Optional.ofNullable(rows.getString(3))));
                }
                return taken;
            }
        });
    }

    public void record(TakenMailbox mailbox) {
        database.transaction("a publication cannot be recorded", connection -> {
            try (PreparedStatement merge = connection.prepareStatement(
                    "merge into taken_mailbox (address, carrier, digest, told_at) key (address) values (?, ?, ?, ?)")) {
                merge.setString(1, mailbox.address().toString());
                merge.setString(2, mailbox.carrier());
                merge.setString(3, mailbox.digest().orElse(null));
                merge.setTimestamp(4, Timestamp.from(clock.instant()));
                return merge.executeUpdate();
            }
        });
    }
}
