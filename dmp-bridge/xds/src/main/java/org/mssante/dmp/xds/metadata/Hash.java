package org.mssante.dmp.xds.metadata;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The digest of a document, hexadecimal, in lower case. XDS says SHA-1; packages with digests of another length exist
 * and are read so that the mismatch can be reported.
 */
public record Hash(String hex) {
    private static final int SHA1_LENGTH = 40;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2,128}");

    public Hash {
        hex = hex.strip().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidMetadataException("a hash has hexadecimal digits only");
        }
    }

    /** The digest of a finished {@link #sha1Digest()}. */
    public static Hash of(MessageDigest digest) {
        return new Hash(HexFormat.of().formatHex(digest.digest()));
    }

    public static Hash sha1(byte[] bytes) {
        MessageDigest digest = sha1Digest();
        digest.update(bytes);
        return of(digest);
    }

    /** A SHA-1 digest to feed (ITI TF-3 §4.2.3.2.10: an integrity check, not a protection against forgery). */
    public static MessageDigest sha1Digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    public boolean isSha1() {
        return hex.length() == SHA1_LENGTH;
    }

    @Override
    public String toString() {
        return hex;
    }
}
