package org.mssante.dmp.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.td02.DmpState;

/**
 * The patients whose DMP has a known state, one a matricule: the authorities of the INS number the same persons, so a state
 * holds whichever of them a question names.
 */
public final class PatientTable {
    private PatientTable() {}

    public static Optional<DmpState> state(Connection connection, Ins patient) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                // a database of before may hold a patient under two authorities: the newer word, else the one that
                // opens nothing
                "select state from patient where matricule = ?"
                        + " order by changed_at desc, case when state = 'ACTIVE' then 1 else 0 end")) {
            select.setString(1, patient.matricule());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(DmpState.valueOf(row.getString(1))) : Optional.empty();
            }
        }
    }

    /** Sets the state of a patient, known or new. */
    public static void put(Connection connection, Ins patient, DmpState state, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update patient set state = ?, changed_at = ? where matricule = ?")) {
            update.setString(1, state.name());
            update.setObject(2, now.atOffset(ZoneOffset.UTC));
            update.setString(3, patient.matricule());
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into patient (state, changed_at, matricule, authority) values (?, ?, ?, ?)")) {
            insert.setString(1, state.name());
            insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            insert.setString(3, patient.matricule());
            insert.setString(4, patient.authority().value());
            insert.executeUpdate();
        }
    }
}
