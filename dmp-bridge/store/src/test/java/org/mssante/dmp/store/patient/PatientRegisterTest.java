package org.mssante.dmp.store.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.xds.td02.DmpState;

/** The authorities of the INS number the same persons: a state of a DMP holds whichever of them a question names. */
class PatientRegisterTest {
    private static final String MATRICULE = "258029999900145";
    private static final List<Oid> AUTHORITIES = List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder = Path.of("");

    private StoreDatabase database;

    @BeforeEach
    void open() {
        database = StoreDatabase.open("jdbc:h2:" + folder.resolve("store"), "store", "", 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theStateOfADmpHoldsUnderEveryAuthorityOfTheIns() throws IOException {
        for (Oid registered : AUTHORITIES) {
            PatientRegister register = register(MATRICULE + "," + registered + ",opposed\n");

            for (Oid asked : AUTHORITIES) {
                assertThat(register.state(new Ins(MATRICULE, asked)))
                        .as("%s, %s", registered, asked)
                        .isEqualTo(DmpState.OPPOSED);
            }
        }
    }

    @Test
    void aLaterStateHoldsWhicheverAuthorityItComesWith() throws IOException {
        register(MATRICULE + "," + Ins.NIR + ",active\n");
        PatientRegister register = register(MATRICULE + "," + Ins.NIR_TEST + ",closed\n");

        assertThat(register.state(new Ins(MATRICULE, Ins.NIR))).isEqualTo(DmpState.CLOSED);
        assertThat(register.state(new Ins("171119999900286", Ins.NIR))).isEqualTo(DmpState.ACTIVE);
    }

    @Test
    void ofTwoStatesThatADatabaseKeptFromBeforeTheOneThatOpensNothingHolds() throws IOException {
        for (Oid authority : List.of(Ins.NIR, Ins.NIR_TEST)) {
            database.inTransaction(connection ->
                    insert(connection, authority, authority.equals(Ins.NIR) ? DmpState.ACTIVE : DmpState.OPPOSED));
        }
        PatientRegister register = register("");

        assertThat(register.state(new Ins(MATRICULE, Ins.NIR))).isEqualTo(DmpState.OPPOSED);
    }

    private static int insert(Connection connection, Oid authority, DmpState state) throws SQLException {
        try (Statement insert = connection.createStatement()) {
            return insert.executeUpdate(
                    "insert into patient (matricule, authority, state, changed_at) values ('" + MATRICULE + "', '"
                            + authority + "', '" + state + "', timestamp with time zone '2026-11-01 10:00:00+00')");
        }
    }

    private PatientRegister register(String lines) throws IOException {
        Path file = Files.writeString(
                folder.resolve("patients.csv"), "matricule,authority,state\n" + lines, StandardCharsets.UTF_8);
        return new PatientRegister(database, Optional.of(file), DmpState.ACTIVE, CLOCK);
    }
}
