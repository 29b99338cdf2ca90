package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordHashingTest {
    private final PasswordHashing hashing =
            new PasswordHashing(new PasswordHashing.Cost(64, 2, 1), 2, new SecureRandom());

    @Test
    void matchesThePasswordAndNoOther() {
        String hash = hashing.hash("mot de passe é");

        assertThat(hashing.matches("mot de passe é", hash)).isTrue();
        assertThat(hashing.matches("mot de passe e", hash)).isFalse();
        assertThat(hashing.matches("", hash)).isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hashing.hash("x")).isNotEqualTo(hashing.hash("x")).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
    }

    @Test
    void checksHashesMadeAtAnotherCost() {
        String older = new PasswordHashing(new PasswordHashing.Cost(128, 1, 2), 1, new SecureRandom()).hash("x");

        assertThat(hashing.matches("x", older)).isTrue();
    }

    @Test
    void knowsAHashThatCostLessInWhateverRespect() {
        assertThat(hashing.isCheaper(hashing.hash("x"))).isFalse();
        assertThat(hashing.isCheaper(hashAt(new PasswordHashing.Cost(32, 2, 1))))
                .isTrue();
        assertThat(hashing.isCheaper(hashAt(new PasswordHashing.Cost(64, 1, 1))))
                .isTrue();
        assertThat(hashing.isCheaper(hashAt(new PasswordHashing.Cost(128, 3, 2))))
                .isFalse();
    }

    private static String hashAt(PasswordHashing.Cost cost) {
        return new PasswordHashing(cost, 1, new SecureRandom()).hash("x");
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThat(hashing.matches("x", "x")).isFalse();
        assertThat(hashing.matches("x", "$argon2i$v=19$m=64,t=2,p=1$AAAA$AAAA")).isFalse();
    }

    @Test
    void leavesSecretsToTheirOwnerAlone(@TempDir Path folder) throws Exception {
        Secrets secrets = new Secrets(folder.resolve("secrets"), new SecureRandom());
        String secret = secrets.readOrCreate("a.secret");

        assertThat(secrets.readOrCreate("a.secret")).isEqualTo(secret).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets/a.secret"))))
                .isEqualTo("rw-------");
    }
}
