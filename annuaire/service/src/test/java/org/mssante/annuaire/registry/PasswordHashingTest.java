package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordHashingTest {
    private final PasswordHashing hashing =
            new PasswordHashing(new PasswordHashing.Cost(64, 2, 1), Set.of(), 2, new SecureRandom());

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
        String older =
                new PasswordHashing(new PasswordHashing.Cost(128, 1, 2), Set.of(), 1, new SecureRandom()).hash("x");

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

    @Test
    void aWrongPasswordCostsTheSameWhateverHashStandsThere() {
        PasswordHashing.Cost low = new PasswordHashing.Cost(64, 1, 1);
        PasswordHashing.Cost high = new PasswordHashing.Cost(128, 2, 1);
        for (PasswordHashing.Cost now : List.of(low, high)) {
            List<PasswordHashing.Cost> spent = new ArrayList<>();
            PasswordHashing changed = new PasswordHashing(
                    now, Set.of(low, high), 1, new SecureRandom(), (password, salt, cost, length) -> {
                        spent.add(cost);
                        return new byte[length];
                    });
            for (String hash : List.of(hashAt(low), hashAt(high), "x")) {
                spent.clear();
                assertThat(changed.matches("wrong", hash)).isFalse();
                assertThat(spent).as("%s at %s", hash, now).containsExactlyInAnyOrder(low, high);
            }
        }
    }

    @Test
    void theRightPasswordCostsItsOwnComputationAlone() {
        PasswordHashing.Cost standing = new PasswordHashing.Cost(128, 2, 1);
        AtomicInteger count = new AtomicInteger();
        byte[] value = new byte[32];
        PasswordHashing counting = new PasswordHashing(
                new PasswordHashing.Cost(64, 1, 1),
                Set.of(standing),
                1,
                new SecureRandom(),
                (password, salt, cost, length) -> {
                    count.incrementAndGet();
                    return value;
                });

        assertThat(counting.matches(
                        "x",
                        "$argon2id$v=19$m=128,t=2,p=1$AAAA$"
                                + Base64.getEncoder().withoutPadding().encodeToString(value)))
                .isTrue();
        assertThat(count).hasValue(1);
    }

    private static String hashAt(PasswordHashing.Cost cost) {
        return new PasswordHashing(cost, Set.of(), 1, new SecureRandom()).hash("x");
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
