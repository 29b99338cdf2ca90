package org.mssante.it.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;

/** The mail server's database, looked into while no server runs on it. */
public sealed interface MailDatabase {
    /** Tells the instance to use it; what it held before is gone. */
    void prepare(TestInstance instance) throws SQLException;

    Connection open(TestInstance instance) throws SQLException;

    /** The embedded default. */
    static MailDatabase embedded() {
        return new Embedded();
    }

    /** The PostgreSQL database that the system property {@code mssante.storage.test.url} names. */
    static Optional<MailDatabase> postgresql() {
        return Optional.ofNullable(System.getProperty("mssante.storage.test.url"))
                .filter(url -> !url.isBlank())
                .map(PostgreSql::new);
    }

    /** The first column of the first row. */
    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    record Embedded() implements MailDatabase {
        @Override
        public void prepare(TestInstance instance) {
            // a new instance has a new folder
        }

        @Override
        public Connection open(TestInstance instance) throws SQLException {
            return ServiceDatabase.mail(instance);
        }
    }

    record PostgreSql(String url) implements MailDatabase {
        @Override
        public void prepare(TestInstance instance) throws SQLException {
            try (Connection connection = open(instance);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            }
            instance.set(ServiceKind.SERVER, "storage.url", url);
        }

        @Override
        public Connection open(TestInstance instance) throws SQLException {
            return DriverManager.getConnection(url, "mssante", "");
        }
    }
}
