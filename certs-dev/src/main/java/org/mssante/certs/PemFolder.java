package org.mssante.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.mssante.core.tls.KeyMaterial;

/**
 * Writes keys and certificates as PEM files (RFC 7468). A file appears whole or not at all; keys are readable by their
 * owner only from their first byte on.
 */
final class PemFolder {
    static final String CERTIFICATE = "cert.pem";
    static final String KEY = "key.pem";

    private static final int LINE_LENGTH = 64;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PemFolder() {}

    /** Writes the key first: a folder that holds a certificate is complete. */
    static void store(Path folder, KeyMaterial material) throws IOException, CertificateEncodingException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(CERTIFICATE));
        write(folder.resolve(KEY), key(material.key()), OWNER_ONLY);
        write(folder.resolve(CERTIFICATE), certificates(material.chain()));
    }

    static byte[] certificates(List<X509Certificate> chain) throws CertificateEncodingException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return ascii(text.toString());
    }

    static byte[] revocationList(byte[] encoded) {
        return ascii(pem("X509 CRL", encoded));
    }

    static void write(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, attributes);
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] key(PrivateKey key) {
        return ascii(pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String label, byte[] encoded) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + encoder.encodeToString(encoded) + "\n-----END " + label + "-----\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
