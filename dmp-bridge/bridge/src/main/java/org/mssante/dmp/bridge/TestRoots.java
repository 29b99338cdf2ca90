package org.mssante.dmp.bridge;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.cda.InsRules;

/**
 * INS of the test and demonstration roots name nobody. They are taken where the certificate this system files with is one of the TEST
 * branch of IGC-Santé, as those of development are, and nowhere else.
 */
final class TestRoots {
    private static final List<Oid> ROOTS = List.of(Ins.NIR_TEST, Ins.NIR_DEMO);
    /** Kind of card or certificate in IGC-Santé; the highest bit of its last octet says that it belongs to the TEST branch. */
    private static final String CERTIFICATE_KIND = "1.2.250.1.71.1.2.5";

    private static final int TEST_BIT = 0x80;
    /** A relative name of the authorities of that branch. */
    private static final Rdn TEST_AUTHORITY = testAuthority();

    private TestRoots() {}

    /** @throws StartupFailure where test roots are accepted with a certificate that is none of tests */
    static void check(InsRules rules, X509Certificate certificate) {
        List<Oid> accepted = rules.roots().stream().filter(ROOTS::contains).toList();
        if (!accepted.isEmpty() && !isOfTests(certificate)) {
            throw new StartupFailure(
                    "ins.roots holds roots of test identities " + accepted
                            + ", and the certificate of dmp.tls is none of the TEST branch of IGC-Sante: take them out of ins.roots.");
        }
    }

    private static boolean isOfTests(X509Certificate certificate) {
        byte[] kind = certificate.getExtensionValue(CERTIFICATE_KIND);
        boolean marked = kind != null && kind.length > 0 && (kind[kind.length - 1] & TEST_BIT) != 0;
        return marked || isOfTestAuthority(certificate.getIssuerX500Principal());
    }

    private static boolean isOfTestAuthority(X500Principal issuer) {
        try {
            return new LdapName(issuer.getName()).getRdns().contains(TEST_AUTHORITY);
        } catch (InvalidNameException e) {
            throw new IllegalStateException("an X.500 name is written as RFC 2253 says", e);
        }
    }

    private static Rdn testAuthority() {
        try {
            return new Rdn("OU", "IGC-SANTE TEST");
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a relative name is not one", e);
        }
    }
}
