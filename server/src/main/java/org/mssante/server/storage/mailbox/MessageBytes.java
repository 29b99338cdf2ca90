package org.mssante.server.storage.mailbox;

import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.util.UUID;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.sql.Database;

/** Opens the bytes of stored messages, as often as asked, without holding a connection in between. Thread-safe. */
final class MessageBytes {
    private final Database database;
    private final BodyTable bodies;

    MessageBytes(Database database, BodyTable bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    InputStream open(byte[] prefix, long bodyId) {
        return bodies.open(prefix, bodyId);
    }

    byte[] prefix(UUID messageId) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT prefix FROM message WHERE id = ?")) {
                select.setObject(1, messageId);
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new SQLDataException("the message " + messageId + " is no longer there");
                    }
                    return rows.getBytes(1);
                }
            }
        });
    }
}
