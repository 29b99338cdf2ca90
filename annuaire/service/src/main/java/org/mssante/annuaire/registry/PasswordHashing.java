package org.mssante.annuaire.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as argon2id (RFC 9106) in the PHC string format: {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. A hash keeps
 * the cost it was made with, until whoever knows the password comes by ({@link #isCheaper}). One computation takes its memory
 * from the heap, so only so many run at the same time; the others wait. Thread-safe.
 *
 * <p>A wrong password costs one computation of each cost that hashes stood at when this began, and of the present one, in
 * whatever hash it was tried against: neither a hash made before the cost was raised or lowered nor a name nobody has is told
 * from the others by the time it takes. What is not hidden: that a password was right, which costs its own computation alone, and
 * a hash of a cost that came into the registry behind this one's back, which costs its own beside all the others.
 */
public final class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern HEAD =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$");
    private static final Pattern PHC = Pattern.compile(HEAD + "([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Cost cost;
    private final Set<Cost> all;
    private final Computation computation;
    private final SecureRandom random;
    private final Semaphore places;

    /** @param memoryKib of one computation, in KiB */
    public record Cost(int memoryKib, int iterations, int parallelism) {}

    /** One computation of argon2id. */
    @FunctionalInterface
    interface Computation {
        byte[] of(String password, byte[] salt, Cost cost, int length);
    }

    /**
     * @param cost of the hashes that are made
     * @param standing the costs of hashes that were made before
     */
    public PasswordHashing(Cost cost, Set<Cost> standing, int atTheSameTime, SecureRandom random) {
        this(cost, standing, atTheSameTime, random, PasswordHashing::argon2id);
    }

    PasswordHashing(Cost cost, Set<Cost> standing, int atTheSameTime, SecureRandom random, Computation computation) {
        this.cost = cost;
        Set<Cost> costs = new HashSet<>(standing);
        costs.add(cost);
        this.all = Set.copyOf(costs);
        this.computation = computation;
        this.random = random;
        this.places = new Semaphore(atTheSameTime, true);
    }

    public String hash(String password) {
        byte[] salt = salt();
        byte[] hash = compute(password, salt, cost, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Constant time in the password; false too for a hash of another form. What fails has cost what every failure costs. */
    public boolean matches(String password, String phc) {
        Matcher form = PHC.matcher(phc);
        Set<Cost> unspent = new HashSet<>(all);
        if (form.matches()) {
            Cost then = cost(form);
            byte[] expected = Base64.getDecoder().decode(form.group(5));
            byte[] hash = compute(password, Base64.getDecoder().decode(form.group(4)), then, expected.length);
            if (MessageDigest.isEqual(hash, expected)) {
                return true;
            }
            unspent.remove(then);
        }
        unspent.forEach(other -> compute(password, salt(), other, HASH_BYTES));
        return false;
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

    /** What the passwords and app passwords in that registry were hashed at. */
    public static Set<Cost> standing(RegistryDatabase database) {
        // a hash without its salt and value, which follow the fourth and the fifth dollar
        String head = "select distinct substring(hash, 1, locate('$', hash, 16)) as head from ";
        return database.read("the costs of password hashes cannot be read", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement(head + "credential union " + head + "app_password");
                    ResultSet rows = select.executeQuery()) {
                Set<Cost> costs = new HashSet<>();
                while (rows.next()) {
                    Matcher form = HEAD.matcher(rows.getString("head"));
                    if (form.matches()) {
                        costs.add(cost(form));
                    }
                }
                return costs;
            }
        });
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private byte[] compute(String password, byte[] salt, Cost with, int length) {
        places.acquireUninterruptibly();
        try {
            return computation.of(password, salt, with, length);
        } finally {
            places.release();
        }
    }

    private static byte[] argon2id(String password, byte[] salt, Cost with, int length) {
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
    }
}
