package org.mssante.core.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Copies an embedded H2 database, as it is at one moment, into a ZIP file, while others go on reading and writing
 * (H2's {@code BACKUP TO}: it lets no space of the file be used again while it copies, so every older state stays whole).
 */
public final class EmbeddedCopy {
    private EmbeddedCopy() {}

    public static void write(Connections connections, Path file) throws IOException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("BACKUP TO '" + file.toString().replace("'", "''") + "'");
        } catch (SQLException e) {
            throw new IOException("the database was not copied to " + file + ": " + e.getMessage(), e);
        }
    }
}
