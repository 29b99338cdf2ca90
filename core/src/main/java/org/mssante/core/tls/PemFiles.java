package org.mssante.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.core.settings.StartupFailure;

/** Reads PEM files (RFC 7468). Every failure is a {@link StartupFailure} that names the file and what to do. */
public final class PemFiles {
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");

    private PemFiles() {}

    /** All certificates of a file in their order; at least one. */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file)))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new StartupFailure(
                    "The file " + file + " holds no readable certificate (" + e.getMessage()
                            + "): replace it by a PEM certificate.",
                    e);
        }
        if (certificates.isEmpty()) {
            throw new StartupFailure("The file " + file + " holds no certificate: replace it by a PEM certificate.");
        }
        return List.copyOf(certificates);
    }

    /** The certificates of every {@code *.pem} file of a folder; at least one. */
    public static List<X509Certificate> certificatesOfFolder(Path folder) {
        List<X509Certificate> certificates = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                certificates.addAll(certificates(file));
            }
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of trust anchors " + folder + " cannot be read: create it and put PEM files in it.", e);
        }
        if (certificates.isEmpty()) {
            throw new StartupFailure(
                    "The folder of trust anchors " + folder + " holds no *.pem file: put the CA certificates in it.");
        }
        return List.copyOf(certificates);
    }

    public static X509CRL crl(Path file) {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes(file)));
        } catch (GeneralSecurityException e) {
            throw new StartupFailure("The file " + file + " holds no readable CRL: replace it.", e);
        }
    }

    /** An unencrypted PKCS#8 key, RSA or EC, as the certificate beside it says. */
    public static PrivateKey privateKey(Path file, String algorithm) {
        Matcher pem = PRIVATE_KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new StartupFailure(
                    "The file " + file + " holds no PKCS#8 private key: convert the key with openssl pkcs8 -topk8.");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StartupFailure(
                    "The private key in " + file + " cannot be read as an " + algorithm + " key: replace it.", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StartupFailure("The file " + file + " is too large for a PEM file: replace it.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The file " + file + " does not exist or cannot be read: create it (./mssante certs) or correct "
                            + "its path.",
                    e);
        }
    }
}
