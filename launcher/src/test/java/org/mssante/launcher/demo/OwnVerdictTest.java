package org.mssante.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnVerdictTest {
    @Test
    void anotherServersWordIsNotOurs() {
        String ours = " smtp.demo.mssante.fr; smime=fail";

        assertThat(new OwnVerdict("smtp.demo.mssante.fr", "smime=pass")
                        .among(List.of(
                                ours,
                                "smtp.autre.mssante.fr; smime=pass",
                                "smtp.demo.mssante.fr.autre.fr; smime=pass")))
                .containsExactly(ours);
    }
}
