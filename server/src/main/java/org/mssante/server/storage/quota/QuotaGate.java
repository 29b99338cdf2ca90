package org.mssante.server.storage.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.server.storage.quota.QuotaLimits.Kind;
import org.mssante.server.storage.quota.QuotaLimits.Target;

/**
 * Whether a quota root has room for one more message, asked inside the transaction that adds it. The root's usage stays
 * locked until that ends, so that two messages never share the last room. Of a root's own limit, its domain's and the
 * global one the first that is set counts; a negative one is no limit.
 */
public final class QuotaGate {
    private QuotaGate() {}

    public static boolean admits(Connection connection, String root, Optional<String> domain, long octets)
            throws SQLException {
        Map<Kind, Long> limits = limits(connection, root, domain);
        if (limits.values().stream().allMatch(limit -> limit < 0)) {
            return true;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT messages, octets FROM quota_usage WHERE root = ? FOR UPDATE")) {
            select.setString(1, root);
            try (ResultSet row = select.executeQuery()) {
                boolean used = row.next();
                return fits(limits, Kind.MESSAGES, (used ? row.getLong(1) : 0) + 1)
                        && fits(limits, Kind.OCTETS, (used ? row.getLong(2) : 0) + octets);
            }
        }
    }

    private static boolean fits(Map<Kind, Long> limits, Kind kind, long amount) {
        long limit = limits.getOrDefault(kind, -1L);
        return limit < 0 || amount <= limit;
    }

    /** One query for what is asked on every delivery. */
    private static Map<Kind, Long> limits(Connection connection, String root, Optional<String> domain)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, amount, 2 FROM quota_limit WHERE scope = 'global' AND name = ''
                UNION ALL SELECT kind, amount, 1 FROM quota_limit WHERE scope = 'domain' AND name = ?
                UNION ALL SELECT kind, amount, 0 FROM quota_limit WHERE scope = 'user' AND name = ?
                ORDER BY 3 DESC""")) {
            select.setString(1, domain.map(name -> Target.domain(name).name()).orElse(""));
            select.setString(2, root);
            Map<Kind, Long> limits = new EnumMap<>(Kind.class);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    limits.put(Kind.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            return limits;
        }
    }
}
