package org.mssante.annuaire.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The passwords of our own services, as digests. They are 256 random bits, which no slow hash need protect. Immutable.
 */
public final class ServiceSecrets {
    private final Map<String, byte[]> digests = new HashMap<>();

    /** @param secrets by the service's name */
    public ServiceSecrets(Map<String, String> secrets) {
        secrets.forEach((name, secret) -> digests.put(name, digest(secret)));
    }

    boolean matches(String name, String secret) {
        byte[] expected = digests.get(name);
        return expected != null && MessageDigest.isEqual(expected, digest(secret));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            // every Java has it (java.security.MessageDigest)
            throw new IllegalStateException(e);
        }
    }
}
