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

/** The patients whose DMP has a known state. */
public final class PatientTable {
    private PatientTable() {}

    public static Optional<DmpState> state(Connection connection, Ins patient) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select state from patient where matricule = ? and authority = ?")) {
            select.setString(1, patient.matricule());
            select.setString(2, patient.authority().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(DmpState.valueOf(row.getString(1))) : Optional.empty();
            }
        }
    }

    /** Sets the state of a patient, known or new. */
    public static void put(Connection connection, Ins patient, DmpState state, Instant now) throws SQLException {
        if (write(
                        connection,
                        "update patient set state = ?, changed_at = ? where matricule = ? and authority = ?",
                        patient,
                        state,
                        now)
                == 0) {
            write(
                    connection,
                    "insert into patient (state, changed_at, matricule, authority) values (?, ?, ?, ?)",
                    patient,
                    state,
                    now);
        }
    }

    private static int write(Connection connection, String sql, Ins patient, DmpState state, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, state.name());
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            statement.setString(3, patient.matricule());
            statement.setString(4, patient.authority().value());
            return statement.executeUpdate();
        }
    }
}
