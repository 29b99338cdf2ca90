package org.mssante.dmp.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.xmldsig.SigningKey;

class SigningKeysTest {
    private static final SigningKey SEAL = key("seal.cfg");
    private static final SigningKey OTHER = key("other.cfg");

    private final List<SigningKey> loaded = new ArrayList<>();

    @Test
    void aKeyThatSignsEverythingIsLoadedOnce() {
        SigningKeys keys = SigningKeys.of(Optional.of(SEAL), Optional.of(SEAL), this::load);

        assertThat(loaded).containsExactly(SEAL);
        assertThat(keys.submissions()).isEqualTo(keys.vihf()).isPresent();
    }

    @Test
    void twoKeysAreLoadedEach() {
        SigningKeys keys = SigningKeys.of(Optional.of(SEAL), Optional.of(OTHER), this::load);

        assertThat(loaded).containsExactly(SEAL, OTHER);
        assertThat(keys.submissions()).isNotEqualTo(keys.vihf());
    }

    @Test
    void whatSignsNothingIsNotLoaded() {
        assertThat(SigningKeys.of(Optional.empty(), Optional.empty(), this::load))
                .isEqualTo(new SigningKeys(Optional.empty(), Optional.empty()));
        assertThat(loaded).isEmpty();
    }

    private KeyMaterial load(SigningKey key) {
        loaded.add(key);
        return new KeyMaterial(generated(), List.of());
    }

    private static PrivateKey generated() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SigningKey key(String place) {
        return new SigningKey(Path.of(place), Optional.empty(), Optional.empty());
    }
}
