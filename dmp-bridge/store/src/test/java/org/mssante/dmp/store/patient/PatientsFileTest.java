package org.mssante.dmp.store.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.td02.DmpState;

class PatientsFileTest {
    private static final String HEADER = "matricule,authority,state\n";
    private static final String PATIENT = "258029999900145,1.2.250.1.213.1.4.10";

    @TempDir
    Path folder;

    @Test
    void readsPatientsBetweenCommentsAndBlankLines() throws Exception {
        Path file = write("# a comment\n\n" + HEADER + PATIENT + ", opposed \n# another\n");
        assertThat(PatientsFile.read(file))
                .containsExactly(java.util.Map.entry(new Ins("258029999900145", Ins.NIR_TEST), DmpState.OPPOSED));
    }

    @ParameterizedTest
    @CsvSource({
        "matricule;authority;state, line 1 must be matricule",
        "'" + HEADER + "a,b', line 2 has not 3 columns",
        "'" + HEADER + "12,1.2.3,active', line 2: an INS has 15 characters",
        "'" + HEADER + PATIENT + ",dormant', line 2: the state is",
    })
    void namesTheLineThatIsWrongAndNeverThePatient(String text, String expected) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> PatientsFile.read(file))
                .isInstanceOf(PatientsFile.MalformedException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("258029999900145");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("patients.csv"), text, StandardCharsets.UTF_8);
    }
}
