package org.mssante.annuaire.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as argon2id (RFC 9106) in the PHC string format: {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. A hash keeps
 * the cost it was made with, until whoever knows the password comes by ({@link #isCheaper}). One computation takes its memory from the heap, so only so many run at the same time; the
 * others wait. Thread-safe.
 */
public final class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Cost cost;
    private final SecureRandom random;
    private final Semaphore places;

    /** @param memoryKib of one computation, in KiB */
    public record Cost(int memoryKib, int iterations, int parallelism) {}

    public PasswordHashing(Cost cost, int atTheSameTime, SecureRandom random) {
        this.cost = cost;
        this.random = random;
        this.places = new Semaphore(atTheSameTime, true);
    }

    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = compute(password, salt, cost, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /**
     * Constant time in the password; false too for a hash of another form. What fails has cost what a hash costs now at least, so
     * that the hash of an old password is not told from none at all by being looked at sooner.
     */
    public boolean matches(String password, String phc) {
        Matcher form = PHC.matcher(phc);
        if (!form.matches()) {
            return false;
        }
        Cost then = cost(form);
        byte[] expected = Base64.getDecoder().decode(form.group(5));
        byte[] hash = compute(password, Base64.getDecoder().decode(form.group(4)), then, expected.length);
        boolean equal = MessageDigest.isEqual(hash, expected);
        if (!equal && isCheaper(phc)) {
            hash(password);
        }
        return equal;
    }

    /** Whether it cost less, in memory, iterations or parallelism, than a hash that is made now. */
    boolean isCheaper(String phc) {
        Matcher form = PHC.matcher(phc);
        if (!form.matches()) {
            return false;
        }
        Cost then = cost(form);
        return then.memoryKib() < cost.memoryKib()
                || then.iterations() < cost.iterations()
                || then.parallelism() < cost.parallelism();
    }

    private static Cost cost(Matcher form) {
        return new Cost(
                Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
    }

    private byte[] compute(String password, byte[] salt, Cost with, int length) {
        places.acquireUninterruptibly();
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(with.memoryKib())
                    .withIterations(with.iterations())
                    .withParallelism(with.parallelism())
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            places.release();
        }
    }
}
