package org.mssante.it.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.mssante.it.instance.TestInstance;

/** What the databases of an instance that has been stopped still hold as unfinished. */
public final class Leftovers {
    private Leftovers() {}

    /** How much there is of each kind; a kind of which there is nothing is left out. */
    public static Map<String, Long> of(TestInstance instance) throws SQLException {
        Map<String, Long> left = new TreeMap<>();
        try (Connection mail = ServiceDatabase.mail(instance)) {
            count(mail, "SELECT 'queue ' || queue, COUNT(*) FROM queue_item GROUP BY queue", left);
            count(mail, "SELECT 'repository ' || repository, COUNT(*) FROM repository_mail GROUP BY repository", left);
        }
        try (Connection bridge = ServiceDatabase.bridge(instance)) {
            count(
                    bridge,
                    "SELECT 'message ' || state, COUNT(*) FROM message WHERE state <> 'SETTLED' GROUP BY state",
                    left);
            count(
                    bridge,
                    "SELECT 'document ' || state, COUNT(*) FROM document WHERE state NOT IN ('FILED', 'REFUSED')"
                            + " GROUP BY state",
                    left);
            count(
                    bridge,
                    "SELECT 'receipt ' || state, COUNT(*) FROM receipt WHERE state <> 'SENT' GROUP BY state",
                    left);
        }
        return left;
    }

    private static void count(Connection connection, String query, Map<String, Long> left) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                left.put(rows.getString(1), rows.getLong(2));
            }
        }
    }
}
