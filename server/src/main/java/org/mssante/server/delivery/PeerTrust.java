package org.mssante.server.delivery;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mssante.server.trust.TrustDecision;

/** Who may be at the other end of a connection. Thread-safe. */
@FunctionalInterface
public interface PeerTrust {

    /** @param chain what the server presents, its own certificate first */
    TrustDecision judge(List<X509Certificate> chain);
}
