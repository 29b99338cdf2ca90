package org.mssante.annuaire.ldap;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** What a client has shown in the handshake: proven to be its own, and to come from a configured authority, no more. */
final class PeerCertificate {
    private PeerCertificate() {}

    /** Empty where it has shown none, or there is no TLS. */
    static Optional<X509Certificate> of(Socket socket) {
        if (!(socket instanceof SSLSocket secured)) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) secured.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
