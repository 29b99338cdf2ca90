package org.mssante.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mssante.server.trust.TrustDecision;

/** Judges the certificate a client logs in with, anew for every log-in. Thread-safe. */
@FunctionalInterface
public interface ClientCertificates {

    /** Path to a configured authority, validity, revocation, use as a client; never asked with an empty chain. */
    TrustDecision judge(List<X509Certificate> chain);
}
