package org.mssante.annuaire.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CredentialsTest {
    @Test
    void saysWhoAndNeverByWhat() {
        assertThat(new Credentials("dr.test@demo.medecin.mssante.fr", "s3cret", Optional.of("123456"), "192.0.2.1"))
                .hasToString("Credentials[name=dr.test@demo.medecin.mssante.fr, address=192.0.2.1]");
    }
}
