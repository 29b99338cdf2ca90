package org.mssante.certs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;

/** Makes RSA keys of the size IGC-Santé uses. */
final class RsaKeys {
    private static final int BITS = 2048;

    private final SecureRandom random;

    RsaKeys(SecureRandom random) {
        this.random = random;
    }

    KeyPair next() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS, random);
        return generator.generateKeyPair();
    }
}
