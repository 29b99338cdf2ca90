package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;

final class SecretSealTest {
    private static final MailAddress OWNER = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private final SecretSeal seal = new SecretSeal("key", new SecureRandom());

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(OWNER, seal.seal(OWNER, SECRET))).isEqualTo(SECRET);
    }

    @Test
    void showsNothingOfTheSecretAndNeverTheSameTwice() {
        String sealed = seal.seal(OWNER, SECRET);

        assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(SECRET, StandardCharsets.US_ASCII));
        assertThat(seal.seal(OWNER, SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingSealedForAnotherMailboxOrByAnotherKey() {
        String sealed = seal.seal(OWNER, SECRET);

        assertThatThrownBy(() -> seal.open(MailAddress.parse("dr.martin@demo.medecin.mssante.fr"), sealed))
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> new SecretSeal("another", new SecureRandom()).open(OWNER, sealed))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("its key is not the one");
    }
}
