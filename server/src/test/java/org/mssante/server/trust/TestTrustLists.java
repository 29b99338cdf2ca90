package org.mssante.server.trust;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mssante.certs.TrustListRow;
import org.mssante.certs.TrustListSigner;
import org.mssante.core.id.MailDomain;
import org.mssante.core.tls.KeyMaterial;

/** Signed trust lists for tests. */
public final class TestTrustLists {
    public static final String SIGNER_CN = "listeblanche.exemple.mssante.fr";

    private final List<TrustListRow> rows = new ArrayList<>();

    public static KeyMaterial signer(TestPki pki) {
        return pki.issue(pki.signer(TestPki.dn(SIGNER_CN), "listeblanche@exemple.mssante.fr"));
    }

    public TestTrustLists with(String domain, String operatorDn) {
        rows.add(new TrustListRow(
                new MailDomain(domain), "Domaine d'exemple", operatorDn, "contact@exemple.mssante.fr", TestPki.NOW));
        return this;
    }

    /** The DN as the list writes it: leaf first. */
    public TestTrustLists with(String domain, KeyMaterial operator) {
        return with(domain, operator.leaf().getSubjectX500Principal().getName("RFC2253"));
    }

    public byte[] signedBy(KeyMaterial signer, Instant generated) {
        try {
            return new TrustListSigner(signer).sign(rows, generated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
