package org.mssante.server.storage.mailbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.model.Subscription;
import org.mssante.server.storage.sql.Database;

/** The table {@code subscription}. */
public final class JdbcSubscriptionMapper implements SubscriptionMapper {
    private final Database database;

    JdbcSubscriptionMapper(Database database) {
        this.database = database;
    }

    @Override
    public void save(Subscription subscription) {
        update("INSERT INTO subscription (owner, mailbox) VALUES (?, ?) ON CONFLICT DO NOTHING", subscription);
    }

    @Override
    public void delete(Subscription subscription) {
        update("DELETE FROM subscription WHERE owner = ? AND mailbox = ?", subscription);
    }

    @Override
    public List<Subscription> findSubscriptionsForUser(Username user) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT mailbox FROM subscription WHERE owner = ? ORDER BY mailbox")) {
                select.setString(1, user.asString());
                List<Subscription> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Subscription(user, rows.getString(1)));
                    }
                }
                return found;
            }
        });
    }

    private void update(String sql, Subscription subscription) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, subscription.getUser().asString());
                update.setString(2, subscription.getMailbox());
                return update.executeUpdate();
            }
        });
    }
}
