package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
    @Test
    void aScriptThatFailedInTheMiddleIsRunAgainByTheNextStart() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:migration;DB_CLOSE_DELAY=-1");
        assertThatThrownBy(() -> migrate(database)).isInstanceOf(FlywayException.class);

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE elsewhere (id INT)");
            migrate(database);

            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM elsewhere")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            statement.execute("SHUTDOWN");
        }
    }

    private static void migrate(JdbcDataSource database) {
        new SchemaMigration(database, "org/mssante/core/sql/scripts", Map.of()).run();
    }
}
