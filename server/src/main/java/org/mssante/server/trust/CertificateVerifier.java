package org.mssante.server.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mssante.core.outcome.Outcome;

/**
 * Validates certificates (RFC 5280 §6) against the configured authorities and the revocation lists at hand. Nothing is
 * fetched: no list that covers a certificate, or only an expired one, means that its status is unknown. Thread-safe.
 */
public final class CertificateVerifier {
    private final CertificateAuthorities authorities;
    private final Supplier<? extends Collection<? extends CRL>> revocationLists;

    /** @param revocationLists asked at each check, so that a new list counts at once */
    public CertificateVerifier(
            CertificateAuthorities authorities, Supplier<? extends Collection<? extends CRL>> revocationLists) {
        this.authorities = authorities;
        this.revocationLists = revocationLists;
    }

    /** Order of the checks: path, use, dates, revocation (mssante §4.1). */
    public CertificateVerdict verify(X509Certificate certificate, CertificateUse use, Instant at) {
        Optional<CertificateAuthorities.AuthorityPath> path = authorities.pathOf(certificate);
        if (path.isEmpty()) {
            return notValid(
                    Outcome.CERTIFICATE_NOT_TRUSTED,
                    "no configured authority issued it; it names " + certificate.getIssuerX500Principal());
        }
        Optional<String> objection = use.objectionTo(certificate);
        if (objection.isPresent()) {
            return notValid(Outcome.CERTIFICATE_NOT_TRUSTED, objection.get());
        }
        if (isOutOfForce(certificate, at)) {
            return notValid(
                    Outcome.CERTIFICATE_EXPIRED,
                    "it is in force from " + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant());
        }
        return validate(path.get(), at);
    }

    private CertificateVerdict validate(CertificateAuthorities.AuthorityPath path, Instant at) {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path.certificates());
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            validator.validate(certPath, parameters(validator, path.root(), at));
            return isOutOfForce(path.root(), at)
                    ? notValid(Outcome.CERTIFICATE_NOT_TRUSTED, "the root of its path has expired")
                    : new CertificateVerdict.Valid();
        } catch (CertPathValidatorException e) {
            return notValid(outcomeOf(e), "certificate " + e.getIndex() + " of its path: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            return notValid(Outcome.CERTIFICATE_NOT_TRUSTED, "its path cannot be validated: " + e.getMessage());
        }
    }

    private PKIXParameters parameters(CertPathValidator validator, X509Certificate root, Instant at)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setDate(Date.from(at));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocationLists.get())));
        PKIXRevocationChecker revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
        // lists only, and no second means where a list is missing: unknown is an answer (no SOFT_FAIL)
        revocation.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(revocation);
        return parameters;
    }

    private static Outcome outcomeOf(CertPathValidatorException failure) {
        if (failure.getReason() instanceof BasicReason reason) {
            return switch (reason) {
                case EXPIRED, NOT_YET_VALID -> Outcome.CERTIFICATE_EXPIRED;
                case REVOKED -> Outcome.CERTIFICATE_REVOKED;
                case UNDETERMINED_REVOCATION_STATUS -> Outcome.REVOCATION_UNKNOWN;
                case UNSPECIFIED, INVALID_SIGNATURE, ALGORITHM_CONSTRAINED -> Outcome.CERTIFICATE_NOT_TRUSTED;
            };
        }
        return Outcome.CERTIFICATE_NOT_TRUSTED;
    }

    private static boolean isOutOfForce(X509Certificate certificate, Instant at) {
        return at.isBefore(certificate.getNotBefore().toInstant())
                || at.isAfter(certificate.getNotAfter().toInstant());
    }

    private static CertificateVerdict notValid(Outcome outcome, String detail) {
        return new CertificateVerdict.NotValid(outcome, detail);
    }
}
