package org.mssante.core.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.mssante.core.settings.StartupFailure;

/** A private key and its certificate chain, leaf first. */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    public KeyMaterial {
        chain = List.copyOf(chain);
    }

    /**
     * Reads {@code folder/cert.pem} (leaf first, then its CA) and {@code folder/key.pem} (PKCS#8).
     *
     * @throws StartupFailure where one is missing or unreadable
     */
    public static KeyMaterial load(Path folder) {
        List<X509Certificate> chain = PemFiles.certificates(folder.resolve("cert.pem"));
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        return new KeyMaterial(PemFiles.privateKey(folder.resolve("key.pem"), algorithm), chain);
    }

    /**
     * Reads the first key of a PKCS#12 file.
     *
     * @param password of the file and of its key, the content of a file without its last line end
     * @throws StartupFailure where one is missing or unreadable, or the file holds no key
     */
    public static KeyMaterial loadPkcs12(Path file, Path password) {
        try (InputStream in = Files.newInputStream(file)) {
            char[] secret = Files.readString(password, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    return new KeyMaterial(
                            key,
                            Arrays.stream(store.getCertificateChain(alias))
                                    .map(X509Certificate.class::cast)
                                    .toList());
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new StartupFailure(
                    "The PKCS#12 file " + file + " cannot be read with the password in " + password
                            + ": correct the path of one of them.",
                    e);
        }
        throw new StartupFailure("The PKCS#12 file " + file + " holds no private key: export it with its key.");
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "KeyMaterial[" + leaf().getSubjectX500Principal() + "]";
    }
}
