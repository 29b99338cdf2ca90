package org.mssante.server.storage.quota;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mssante.server.storage.sql.Database;

/** The table {@code quota_limit}. */
final class QuotaLimits {
    /** What a limit counts. */
    enum Kind {
        MESSAGES,
        OCTETS
    }

    /**
     * Whom a limit is for.
     *
     * @param scope {@code user}, {@code domain} or {@code global}
     * @param name a quota root, a domain, or nothing
     */
    record Target(String scope, String name) {
        static final Target GLOBAL = new Target("global", "");

        static Target root(String root) {
            return new Target("user", root);
        }

        static Target domain(String domain) {
            return new Target("domain", domain.toLowerCase(Locale.ROOT));
        }
    }

    private final Database database;

    QuotaLimits(Database database) {
        this.database = database;
    }

    Optional<Long> find(Target target, Kind kind) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT amount FROM quota_limit WHERE scope = ? AND name = ? AND kind = ?")) {
                bind(select, 1, target, kind);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                }
            }
        });
    }

    /** Everything said of some targets, in one question. */
    Map<Target, Map<Kind, Long>> findAll(Collection<Target> targets) {
        String condition = String.join(" OR ", Collections.nCopies(targets.size(), "scope = ? AND name = ?"));
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT scope, name, kind, amount FROM quota_limit WHERE " + condition)) {
                int index = 1;
                for (Target target : targets) {
                    select.setString(index, target.scope());
                    select.setString(index + 1, target.name());
                    index += 2;
                }
                Map<Target, Map<Kind, Long>> limits = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        limits.computeIfAbsent(
                                        new Target(rows.getString(1), rows.getString(2)),
                                        key -> new EnumMap<>(Kind.class))
                                .put(Kind.valueOf(rows.getString(3)), rows.getLong(4));
                    }
                }
                return limits;
            }
        });
    }

    void set(Target target, Kind kind, long amount) {
        database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO quota_limit (scope, name, kind, amount) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING")) {
                bind(insert, 1, target, kind);
                insert.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE quota_limit SET amount = ? WHERE scope = ? AND name = ? AND kind = ?")) {
                update.setLong(1, amount);
                bind(update, 2, target, kind);
                return update.executeUpdate();
            }
        });
    }

    void remove(Target target, Kind kind) {
        database.transaction(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM quota_limit WHERE scope = ? AND name = ? AND kind = ?")) {
                bind(delete, 1, target, kind);
                return delete.executeUpdate();
            }
        });
    }

    private static void bind(PreparedStatement statement, int index, Target target, Kind kind) throws SQLException {
        statement.setString(index, target.scope());
        statement.setString(index + 1, target.name());
        statement.setString(index + 2, kind.name());
    }
}
