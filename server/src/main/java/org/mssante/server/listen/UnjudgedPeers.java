package org.mssante.server.listen;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client certificate through the handshake, which has then proven one thing only: that the peer holds the
 * certificate's private key. This is right for one reason: nothing is ever granted on the handshake alone. On port 25
 * every MAIL FROM puts the chain to {@code TrustSpace.inbound} (path, validity, revocation, DN). SASL EXTERNAL puts it to
 * the same checks, every MAIL FROM of that session again, and a watch those of open IMAP sessions, since a resumed session or
 * a long connection outlives a revocation (mssante.md §11.1). Whoever uses {@link PeerCertificates} for a decision must do the same.
 */
final class UnjudgedPeers extends X509ExtendedTrustManager {
    private static final X509Certificate[] NO_HINT = new X509Certificate[0];

    /** Judged at the command that needs it. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    /** Judged at the command that needs it. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    /** Judged at the command that needs it. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw serversAreNotAskedHere();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw serversAreNotAskedHere();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw serversAreNotAskedHere();
    }

    /** No names of authorities: a client would hold back a certificate of another one, and never learn why it failed. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NO_HINT.clone();
    }

    private static CertificateException serversAreNotAskedHere() {
        return new CertificateException("this context is for listening, not for connecting");
    }
}
