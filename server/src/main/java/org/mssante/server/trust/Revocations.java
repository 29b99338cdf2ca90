package org.mssante.server.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;

/** Revocation lists first, the online answer about a certificate where they do not tell (ECO.1.1.6). Thread-safe. */
final class Revocations implements RevocationEvidence {
    private final RevocationLists lists;
    private final CrlDownloads downloads;
    private final boolean namedLists;
    private final Optional<OcspAnswers> ocsp;

    /**
     * @param namedLists whether lists are fetched from where certificates say
     * @param ocsp empty where no responder is asked
     */
    Revocations(RevocationLists lists, CrlDownloads downloads, boolean namedLists, Optional<OcspAnswers> ocsp) {
        this.lists = lists;
        this.downloads = downloads;
        this.namedLists = namedLists;
        this.ocsp = ocsp;
    }

    @Override
    public Collection<X509CRL> lists() {
        return lists.get();
    }

    @Override
    public Optional<byte[]> ocspAnswer(X509Certificate certificate, X509Certificate issuer) {
        return ocsp.flatMap(answers -> answers.of(certificate, issuer));
    }

    @Override
    public void missing(X509Certificate certificate, X509Certificate issuer) {
        if (namedLists) {
            RevocationAddresses.lists(certificate).forEach(downloads::want);
        }
        ocsp.ifPresent(answers -> answers.missing(certificate, issuer));
    }
}
