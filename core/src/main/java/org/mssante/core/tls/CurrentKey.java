package org.mssante.core.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Presents in each handshake what a supplier holds at that moment. A handshake that has begun with one key ends with it: the
 * key before the last change is kept, under its own alias. Thread-safe.
 */
final class CurrentKey extends X509ExtendedKeyManager {
    private final Supplier<KeyMaterial> own;
    private volatile Generations generations;

    /** One key, under an alias no other has. */
    private record Generation(int number, KeyMaterial material, X509ExtendedKeyManager keys) {
        static Generation of(int number, KeyMaterial material) {
            return new Generation(number, material, TlsContexts.keyManager(material, alias(number)));
        }

        private static String alias(int number) {
            return "own-" + number;
        }

        boolean isCalled(String alias) {
            return alias(number).equals(alias);
        }
    }

    private record Generations(Generation now, Generation before) {
        X509ExtendedKeyManager of(String alias) {
            return before.isCalled(alias) ? before.keys() : now.keys();
        }
    }

    CurrentKey(Supplier<KeyMaterial> own) {
        this.own = own;
        Generation first = Generation.of(0, own.get());
        this.generations = new Generations(first, first);
    }

    private X509ExtendedKeyManager current() {
        KeyMaterial material = own.get();
        Generation last = generations.now();
        return last.material().equals(material)
                ? last.keys()
                : renewed(material).keys();
    }

    private synchronized Generation renewed(KeyMaterial material) {
        Generation last = generations.now();
        if (!last.material().equals(material)) {
            generations = new Generations(Generation.of(last.number() + 1, material), last);
        }
        return generations.now();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return current().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
        return current().chooseEngineClientAlias(keyType, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return current().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return current().chooseClientAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return current().getServerAliases(keyType, issuers);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return current().getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return generations.of(alias).getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return generations.of(alias).getPrivateKey(alias);
    }
}
