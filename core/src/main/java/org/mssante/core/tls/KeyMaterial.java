package org.mssante.core.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
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

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "KeyMaterial[" + leaf().getSubjectX500Principal() + "]";
    }
}
