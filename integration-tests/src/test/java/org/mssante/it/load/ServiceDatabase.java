package org.mssante.it.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.mssante.core.sql.StaleChunks;
import org.mssante.it.instance.TestInstance;

/** The databases in the files of an instance whose services have ended, opened as the services do. */
final class ServiceDatabase {
    private ServiceDatabase() {}

    /** With the server's own options: without them H2 shows its database as empty. */
    static Connection mail(TestInstance instance) {
        return open(instance, "server/data/mail;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "mssante");
    }

    static Connection bridge(TestInstance instance) {
        return open(instance, "bridge/data/bridge", "sa");
    }

    static Connection store(TestInstance instance) {
        return open(instance, "store/data/store", "store");
    }

    private static Connection open(TestInstance instance, String database, String user) {
        String url = "jdbc:h2:file:" + instance.instance().runDir().resolve(database) + ";IFEXISTS=TRUE";
        return StaleChunks.open(url, () -> connect(url, user));
    }

    private static Connection connect(String url, String user) {
        try {
            return DriverManager.getConnection(url, user, "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
