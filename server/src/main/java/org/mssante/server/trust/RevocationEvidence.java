package org.mssante.server.trust;

import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** What is at hand about revocations. Thread-safe, never blocks: what is missing is fetched for the next time. */
public interface RevocationEvidence {

    /** The revocation lists in use, expired ones included: whether they count is judged at each use. */
    Collection<? extends CRL> lists();

    /** An OCSP answer about a certificate, encoded, not judged yet. */
    Optional<byte[]> ocspAnswer(X509Certificate certificate, X509Certificate issuer);

    /** The status could not be told from what is at hand: find out, so that asking again helps. */
    void missing(X509Certificate certificate, X509Certificate issuer);

    /** Revocation lists alone, from somebody else's hands. */
    static RevocationEvidence of(Supplier<? extends Collection<? extends CRL>> lists) {
        return new RevocationEvidence() {
            @Override
            public Collection<? extends CRL> lists() {
                return lists.get();
            }

            @Override
            public Optional<byte[]> ocspAnswer(X509Certificate certificate, X509Certificate issuer) {
                return Optional.empty();
            }

            @Override
            public void missing(X509Certificate certificate, X509Certificate issuer) {
                // whoever puts lists there puts new ones there
            }
        };
    }
}
