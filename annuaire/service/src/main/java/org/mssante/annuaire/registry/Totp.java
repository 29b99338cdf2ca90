package org.mssante.annuaire.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes by time, in the one form every authenticator app knows (RFC 6238): HMAC-SHA-1, six digits, steps of 30 s. */
final class Totp {
    /** RFC 4226 §4 R6 recommends 160 bits. */
    static final int SECRET_BYTES = 20;

    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    private static final int MODULUS = 1_000_000;
    /** Clocks of phones, and the time to type: one step before and one behind (RFC 6238 §5.2). */
    private static final int WINDOW = 1;

    private Totp() {}

    /** The step whose code that is, of the present one and its neighbours; all are looked at, whichever it is. */
    static Optional<Long> step(byte[] secret, String code, Instant now) {
        long present = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        Optional<Long> found = Optional.empty();
        for (long step = present - WINDOW; step <= present + WINDOW; step++) {
            if (MessageDigest.isEqual(bytes(code(secret, step)), bytes(code))) {
                found = Optional.of(step);
            }
        }
        return found;
    }

    /** HOTP of the step (RFC 4226 §5.3). */
    static String code(byte[] secret, long step) {
        byte[] hash = hmac(secret, step);
        int offset = hash[hash.length - 1] & 0x0f;
        int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    }

    private static byte[] hmac(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            // every Java has it (javax.crypto.Mac)
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String code) {
        return code.getBytes(StandardCharsets.UTF_8);
    }
}
