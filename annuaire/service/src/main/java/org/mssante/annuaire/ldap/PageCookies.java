package org.mssante.annuaire.ldap;

import com.unboundid.asn1.ASN1OctetString;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookies of paged results (RFC 2696): where to go on, in which snapshot, and how many entries have been given, so
 * that paging is no way around the size limit. Authenticated by a key that lives as long as the process. Thread-safe.
 */
final class PageCookies {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PAYLOAD = Long.BYTES + 2 * Integer.BYTES;
    private static final int TAG = 16;

    private final SecretKeySpec key;

    /** @param given entries the client has got so far */
    record Position(long snapshot, int next, int given) {}

    PageCookies(SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    ASN1OctetString cookie(Position position) {
        byte[] payload = ByteBuffer.allocate(PAYLOAD)
                .putLong(position.snapshot())
                .putInt(position.next())
                .putInt(position.given())
                .array();
        return new ASN1OctetString(ByteBuffer.allocate(PAYLOAD + TAG)
                .put(payload)
                .put(tag(payload))
                .array());
    }

    /** Empty for a cookie this process has not given out. */
    Optional<Position> position(ASN1OctetString cookie) {
        byte[] bytes = cookie.getValue();
        if (bytes.length != PAYLOAD + TAG) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(bytes, PAYLOAD);
        if (!MessageDigest.isEqual(tag(payload), Arrays.copyOfRange(bytes, PAYLOAD, bytes.length))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        return Optional.of(new Position(buffer.getLong(), buffer.getInt(), buffer.getInt()));
    }

    private byte[] tag(byte[] payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(payload), TAG);
        } catch (GeneralSecurityException e) {
            // every Java has it (java.security.Mac)
            throw new IllegalStateException(e);
        }
    }
}
