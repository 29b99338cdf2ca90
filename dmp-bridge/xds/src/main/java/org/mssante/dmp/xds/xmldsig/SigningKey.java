package org.mssante.dmp.xds.xmldsig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;

/**
 * Where the signing key of a structure lies (certificate ORG_SIGN), and whether it is of use.
 *
 * @param place a folder with cert.pem and key.pem; a PKCS#12 file; or, ending in {@code .cfg}, what configures the PKCS#11 provider
 *     of Java (SunPKCS11) for a token
 * @param password a file with that of the PKCS#12 file, or the PIN of the token
 * @param alias of the key; needed where there are several
 */
public record SigningKey(Path place, Optional<Path> password, Optional<String> alias) {
    private static final String PKCS11_SUFFIX = ".cfg";
    private static final String PKCS11 = "PKCS11";
    private static final byte[] PROBE = "A key signs what its certificate accepts.".getBytes(StandardCharsets.US_ASCII);

    /**
     * The key and its certificate, which are looked at first.
     *
     * @throws StartupFailure where it cannot be had, or nobody would accept what it signs
     */
    public KeyMaterial load(Instant now) {
        KeyMaterial material = Files.isDirectory(place)
                ? KeyMaterial.load(place)
                : place.toString().endsWith(PKCS11_SUFFIX) ? ofToken() : ofFile();
        check(material, now);
        return material;
    }

    private KeyMaterial ofFile() {
        char[] secret = secret("The PKCS#12 file " + place + " needs its password");
        KeyStore store;
        try (InputStream in = Files.newInputStream(place)) {
            store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
        } catch (IOException | GeneralSecurityException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? new StartupFailure(
                            "The password in " + password.orElseThrow() + " is not that of the PKCS#12 file " + place
                                    + ": correct it.",
                            e)
                    : new StartupFailure(
                            "The PKCS#12 file " + place + " cannot be read: correct its path or replace it.", e);
        }
        return only(store, secret);
    }

    private KeyMaterial ofToken() {
        char[] pin = secret("The token of " + place + " needs its PIN");
        try {
            KeyStore store = KeyStore.getInstance(PKCS11, provider());
            store.load(null, pin);
            return only(store, pin);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? new StartupFailure(
                            "The PIN in " + password.orElseThrow() + " is not that of the token of " + place
                                    + ": correct it before the token locks.",
                            e)
                    : new StartupFailure(
                            "The token of " + place + " cannot be read: look at it with the tools of its maker.", e);
        } catch (GeneralSecurityException | InvalidParameterException | ProviderException e) {
            throw new StartupFailure(
                    "The PKCS#11 provider cannot be set up from " + place
                            + ": it wants at least lines name = NAME and library = FILE, and a token in the slot they name.",
                    e);
        }
    }

    /** Registered, so that signatures find it by its keys; a name stands for one configuration. */
    private Provider provider() {
        Provider configured = Security.getProvider("SunPKCS11").configure(place.toString());
        Provider registered = Security.getProvider(configured.getName());
        if (registered != null) {
            return registered;
        }
        Security.addProvider(configured);
        return configured;
    }

    private char[] secret(String need) {
        Path file = password.orElseThrow(
                () -> new StartupFailure(need + ": name a file that holds it (key.password-file)."));
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .toCharArray();
        } catch (IOException e) {
            throw new StartupFailure(
                    "The file " + file + " cannot be read: it holds the password of " + place + ".", e);
        }
    }

    private KeyMaterial only(KeyStore store, char[] secret) {
        try {
            List<String> keys = new ArrayList<>();
            for (String name : Collections.list(store.aliases())) {
                if (store.isKeyEntry(name) && alias.map(name::equalsIgnoreCase).orElse(true)) {
                    keys.add(name);
                }
            }
            if (keys.size() != 1) {
                throw new StartupFailure(
                        keys.isEmpty()
                                ? "There is no private key"
                                        + alias.map(name -> " " + name).orElse("") + " in " + place
                                        + ": put it there with its certificate."
                                : "There are " + keys.size() + " private keys in " + place
                                        + ": name one of them (key.alias).");
            }
            Certificate[] chain = store.getCertificateChain(keys.get(0));
            if (chain == null || !(store.getKey(keys.get(0), secret) instanceof PrivateKey key)) {
                throw new StartupFailure("The key in " + place + " has no certificate: put both there.");
            }
            return new KeyMaterial(
                    key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        } catch (GeneralSecurityException e) {
            throw new StartupFailure(
                    "The key in " + place + " cannot be read: it has another password than the file.", e);
        }
    }

    private void check(KeyMaterial material, Instant now) {
        X509Certificate certificate = material.leaf();
        if (!Signers.isForSignatures(certificate)) {
            throw new StartupFailure("The certificate in " + place
                    + " is not one for signatures (nonRepudiation): take that of the product ORG SIGN.");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new StartupFailure("The certificate in " + place + " expired on "
                    + certificate.getNotAfter().toInstant() + ": put a renewed one there.");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new StartupFailure("The certificate in " + place + " is not in force before "
                    + certificate.getNotBefore().toInstant() + ": look at the clock of this machine.");
        }
        if (!signsAs(material)) {
            throw new StartupFailure("The key in " + place
                    + " is not that of the certificate beside it: put those there that belong together.");
        }
    }

    private boolean signsAs(KeyMaterial material) {
        String algorithm = material.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(material.key());
            signing.update(PROBE);
            byte[] value = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(material.leaf().getPublicKey());
            checking.update(PROBE);
            return checking.verify(value);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new StartupFailure(
                    "The key in " + place + " does not sign: look at it with the tools of its maker.", e);
        }
    }
}
