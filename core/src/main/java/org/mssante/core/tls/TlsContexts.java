package org.mssante.core.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.mssante.core.settings.StartupFailure;

/** TLS contexts on our own keys and anchors. The anchors of the JDK are never used. */
public final class TlsContexts {
    /** The versions every port and every client of the project speaks (ECO.1.1.1: TLS 1.2 or newer). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** TLS 1.3 suites and the ECDHE AEAD suites of the ANSSI guide. */
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final char[] IN_MEMORY = new char[0];

    private TlsContexts() {}

    /** A context that presents {@code own} and trusts paths to {@code anchors} only (no revocation check). */
    public static SSLContext mutual(KeyMaterial own, List<X509Certificate> anchors) {
        return context(keyManagers(own), trustManagers(anchors));
    }

    /** A client context that presents no certificate. */
    public static SSLContext trusting(List<X509Certificate> anchors) {
        return context(new KeyManager[0], trustManagers(anchors));
    }

    /** A context with the caller's own idea of trust, e.g. one that also checks revocation. */
    public static SSLContext withTrust(KeyMaterial own, TrustManager trust) {
        return context(keyManagers(own), new TrustManager[] {trust});
    }

    /** The same, presenting in each handshake what {@code own} holds then. */
    public static SSLContext withTrust(Supplier<KeyMaterial> own, TrustManager trust) {
        return context(new KeyManager[] {new CurrentKey(own)}, new TrustManager[] {trust});
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new StartupFailure("This Java has no usable TLS (" + e.getMessage() + "): use a JDK 17 or newer.", e);
        }
    }

    private static KeyManager[] keyManagers(KeyMaterial own) {
        return new KeyManager[] {keyManager(own, "own")};
    }

    static X509ExtendedKeyManager keyManager(KeyMaterial own, String alias) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(alias, own.key(), IN_MEMORY, own.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new StartupFailure("The key and the certificate of " + own + " do not go together: replace both.", e);
        }
    }

    private static TrustManager[] trustManagers(List<X509Certificate> anchors) {
        try {
            KeyStore store = emptyStore();
            for (X509Certificate anchor : anchors) {
                store.setCertificateEntry("anchor-" + store.size(), anchor);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new StartupFailure("The trust anchors cannot be used (" + e.getMessage() + "): replace them.", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, IN_MEMORY);
        return store;
    }
}
