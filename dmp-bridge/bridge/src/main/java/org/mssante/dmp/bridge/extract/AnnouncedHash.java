package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;

/** Compares a document with the hash and the size its metadata announce. */
final class AnnouncedHash {
    private static final Map<Integer, String> ALGORITHM_OF_LENGTH =
            Map.of(32, "MD5", 40, "SHA-1", 64, "SHA-256", 128, "SHA-512");

    private AnnouncedHash() {}

    /** What differs; empty where hash and size hold. Hexadecimal digits in upper case are the same hash. */
    static List<PackageFinding> findings(DocumentBytes document, DocumentEntry entry) {
        List<PackageFinding> findings = new ArrayList<>();
        Optional<PackageFinding> hash = entry.hash()
                .map(announced -> hashFinding(document, announced))
                .orElse(Optional.of(PackageFinding.HASH_ABSENT));
        hash.ifPresent(findings::add);
        boolean sizeCounts = hash.isEmpty() || hash.get() == PackageFinding.HASH_ABSENT;
        if (sizeCounts && entry.size().isPresent() && entry.size().getAsLong() != document.size()) {
            findings.add(PackageFinding.SIZE_MISMATCH);
        }
        return findings;
    }

    private static Optional<PackageFinding> hashFinding(DocumentBytes content, Hash announced) {
        if (content.sha1().equals(announced)) {
            return Optional.empty();
        }
        byte[] document = content.copy();
        String algorithm = ALGORITHM_OF_LENGTH.get(announced.hex().length());
        if (algorithm == null) {
            return Optional.of(PackageFinding.HASH_MISMATCH);
        }
        if (digest(algorithm, document).equals(announced.hex())) {
            return announced.isSha1() ? Optional.empty() : Optional.of(PackageFinding.HASH_OTHER_ALGORITHM);
        }
        byte[] lf = withoutCarriageReturns(document);
        return digest(algorithm, lf).equals(announced.hex())
                        || digest(algorithm, withCarriageReturns(lf)).equals(announced.hex())
                ? Optional.of(PackageFinding.HASH_LINE_ENDS)
                : Optional.of(PackageFinding.HASH_MISMATCH);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] withoutCarriageReturns(byte[] bytes) {
        ByteArrayOutputStream lf = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\r' || i + 1 == bytes.length || bytes[i + 1] != '\n') {
                lf.write(bytes[i]);
            }
        }
        return lf.toByteArray();
    }

    private static byte[] withCarriageReturns(byte[] lf) {
        ByteArrayOutputStream crlf = new ByteArrayOutputStream(lf.length + lf.length / 32);
        for (byte octet : lf) {
            if (octet == '\n') {
                crlf.write('\r');
            }
            crlf.write(octet);
        }
        return crlf.toByteArray();
    }
}
