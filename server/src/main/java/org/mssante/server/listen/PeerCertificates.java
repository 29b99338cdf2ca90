package org.mssante.server.listen;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a peer presented in the handshake: proven to be its own, and not judged (see {@link UnjudgedPeers}). */
public final class PeerCertificates {
    private PeerCertificates() {}

    /** The chain, the peer's own certificate first; empty where it presented none or there is no TLS. */
    public static List<X509Certificate> of(Optional<SSLSession> session) {
        return session.map(PeerCertificates::chain).orElse(List.of());
    }

    /** Version and suite for the trace, e.g. {@code TLSv1.3 TLS_AES_256_GCM_SHA384}. */
    public static Optional<String> describe(Optional<SSLSession> session) {
        return session.map(tls -> tls.getProtocol() + " " + tls.getCipherSuite());
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
        return List.copyOf(chain);
    }
}
