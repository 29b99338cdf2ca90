package org.mssante.dmp.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

class ConsentCheckTest {
    private static final Ins PATIENT = new Ins("258029999900145", Ins.NIR_TEST);

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, NONE, FILE, R52",
        "ACTIVE, INO, FILE, R50",
        "ACTIVE, NA, FILE, R51",
        "ACTIVE, IO, PATIENT_OPPOSED, R10",
        "ABSENT, INO, DMP_ABSENT, R30",
        "CLOSED, NONE, DMP_CLOSED, R31",
        "OPPOSED, INO, PATIENT_OPPOSED, R32",
        "DOWN, NONE, WAIT, R40",
        "DOWN, IO, PATIENT_OPPOSED, R10",
        "ACTIVE, UNAVAILABLE, WAIT, R20"
    })
    void decidesAsTheTableSays(String dmp, LocalOpposition local, String expected, String rule) {
        ConsentDecision decision = new ConsentCheck(existence(dmp), patient -> local).decide(PATIENT);

        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.inputs()).contains("local=" + local);
        assertThat(verdict(decision)).isEqualTo(expected);
    }

    @Test
    void aRefusedQuestionSaysNothingAboutThePatient() {
        ConsentDecision decision = new ConsentCheck(
                        patient -> new Answer.Refused<>("DMPInvalidCertificate", ""), patient -> LocalOpposition.INO)
                .decide(PATIENT);

        assertThat(verdict(decision)).isEqualTo("WAIT");
    }

    @Test
    void readsTheRegisterAgainWhenItChanged(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(file, "# register\n");
        OppositionFile register = new OppositionFile(file);
        assertThat(register.of(PATIENT)).isEqualTo(LocalOpposition.NONE);

        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;IO\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(register.of(PATIENT)).isEqualTo(LocalOpposition.IO);
    }

    @Test
    void aRegisterThatIsMissingOrMalformedIsUnavailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        assertThat(new OppositionFile(file).of(PATIENT)).isEqualTo(LocalOpposition.UNAVAILABLE);

        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;oui\n");
        assertThat(new OppositionFile(file).of(PATIENT)).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    @Test
    void aRegisterThatSaysTwoThingsOfOnePatientIsUnavailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;IO\n258029999900145;1.2.250.1.213.1.4.10;INO\n");

        assertThat(new OppositionFile(file).of(PATIENT)).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    private static ExistenceClient existence(String state) {
        return patient ->
                state.equals("DOWN") ? new Answer.Unavailable<>("down") : new Answer.Given<>(DmpState.valueOf(state));
    }

    private static String verdict(ConsentDecision decision) {
        if (decision instanceof ConsentDecision.MustNotFile no) {
            return no.outcome().name();
        }
        if (decision instanceof ConsentDecision.Unknown unknown) {
            assertThat(unknown.outcome()).isEqualTo(Outcome.DMP_UNAVAILABLE);
            return "WAIT";
        }
        return "FILE";
    }
}
