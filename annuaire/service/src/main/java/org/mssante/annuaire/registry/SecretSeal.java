package org.mssante.annuaire.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mssante.core.id.MailAddress;

/**
 * Keeps secrets that must be read again unreadable in the database and its copies: AES-256-GCM under a key that lies elsewhere.
 * What is sealed for one mailbox opens for no other. Thread-safe.
 */
public final class SecretSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    /** NIST SP 800-38D §8.2.2: 96 random bits. */
    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @param secret of 256 random bits, as {@link Secrets} makes them */
    public SecretSeal(String secret, SecureRandom random) {
        this.key = new SecretKeySpec(digest(secret), "AES");
        this.random = random;
    }

    String seal(MailAddress owner, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, owner, nonce).doFinal(secret);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not seal", e);
        }
    }

    /** @throws RegistryException where it was sealed by another key or for another mailbox, or has been changed */
    byte[] open(MailAddress owner, String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, owner, nonce).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new RegistryException(
                    "the second factor of " + owner + " cannot be opened: its key is not the one it was sealed with",
                    e);
        }
    }

    private Cipher cipher(int mode, MailAddress owner, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            // every Java has it (java.security.MessageDigest)
            throw new IllegalStateException(e);
        }
    }
}
