package org.mssante.server.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.MailDomain;

/**
 * The espace de confiance as this server sees it at the moment of the question. Ask for every message, not once a
 * connection: the list, a revocation or the time may have changed since the handshake. Thread-safe, never blocks, never
 * throws for what a peer presents.
 */
public interface TrustSpace {

    /**
     * This peer has connected and will ask soon. What is missing to judge its certificate is fetched meanwhile, so that
     * {@link #inbound} need not say "later".
     */
    void expect(List<X509Certificate> peerChain);

    /**
     * May this peer hand us a message of that sender? The peer's certificate must come from a configured authority, be
     * valid and not revoked, and its full DN must be listed for the sender's domain.
     *
     * @param peerChain what the peer presented in the TLS handshake, its own certificate first; empty where it
     *     presented none
     * @param senderDomain the domain of MAIL FROM; empty for the null sender, which any listed operator may use
     */
    TrustDecision inbound(List<X509Certificate> peerChain, Optional<MailDomain> senderDomain);

    /**
     * May a message for that recipient be handed to this peer? Ask before the first command that names anybody.
     *
     * @param peerChain what the server presented in the TLS handshake, its own certificate first
     */
    TrustDecision outbound(List<X509Certificate> peerChain, MailDomain recipientDomain);

    /** Is the domain part of the trust space? Refused with RECIPIENT_OUTSIDE_TRUST_SPACE where it is not listed. */
    TrustDecision domain(MailDomain domain);
}
