package org.mssante.server.delivery;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mssante.server.trust.TrustDecision;

/**
 * Puts the question of trust inside the TLS handshake of one connection and keeps the answer: a peer that is not
 * accepted gets an alert, not one octet of mail. The host name is not compared, on purpose: the trust list names
 * certificates, not hosts (mssante §2.6).
 */
final class JudgedPeer extends X509ExtendedTrustManager {
    private final PeerTrust trust;
    private volatile Optional<TrustDecision> decision = Optional.empty();

    JudgedPeer(PeerTrust trust) {
        this.trust = trust;
    }

    /** Empty until the handshake has reached the peer's certificate. */
    Optional<TrustDecision> decision() {
        return decision;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        TrustDecision judged = trust.judge(List.of(chain));
        decision = Optional.of(judged);
        if (!judged.isAccepted()) {
            throw new CertificateException("the peer is not accepted");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side of the connection is the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
