package org.mssante.server.storage.content;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Times;

/**
 * Rows nobody refers to. Finding them means looking at every old row of the table, so many are found at once; they are deleted
 * in small transactions, each of which looks again whether somebody has begun to refer to them.
 *
 * @param table with the columns {@code id} and {@code touched}
 * @param unused condition on its rows, under the name {@code old}
 */
record Orphans(String table, String unused) {
    private static final int FOUND_AT_ONCE = 20_000;
    private static final int DELETED_AT_ONCE = 500;

    /**
     * Deletes what was found.
     *
     * @param before only rows nothing began to refer to since
     * @return false where no more are to be found
     */
    boolean sweep(Database database, Instant before) {
        List<Object> found = find(database, before);
        for (int from = 0; from < found.size(); from += DELETED_AT_ONCE) {
            delete(database, before, found.subList(from, Math.min(found.size(), from + DELETED_AT_ONCE)));
        }
        return found.size() == FOUND_AT_ONCE;
    }

    List<Object> find(Database database, Instant before) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT old.id FROM " + table
                    + " old WHERE old.touched < ? AND " + unused + " LIMIT " + FOUND_AT_ONCE)) {
                Times.set(select, 1, before);
                List<Object> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getObject(1));
                    }
                }
                return found;
            }
        });
    }

    private void delete(Database database, Instant before, List<Object> ids) {
        database.transaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM " + table + " old WHERE old.id = ? AND old.touched < ? AND " + unused)) {
                for (Object id : ids) {
                    delete.setObject(1, id);
                    Times.set(delete, 2, before);
                    // not as one batch: between two statements a transaction may pause
                    delete.executeUpdate();
                }
                return ids;
            }
        });
    }
}
