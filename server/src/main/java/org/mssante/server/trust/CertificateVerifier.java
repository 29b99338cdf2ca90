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
import java.security.cert.PKIXReason;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mssante.core.outcome.Outcome;

/**
 * Validates certificates (RFC 5280 §6) against the configured authorities and what is at hand about revocations: the
 * revocation lists, and where they do not tell, an OCSP answer about the certificate itself. Nobody waits for a fetch: a
 * status that cannot be told is unknown now, and asked for so that the next question finds it. Thread-safe.
 */
public final class CertificateVerifier {
    private final Supplier<CertificateAuthorities> authorities;
    private final RevocationEvidence revocations;
    private final boolean asksForRevocation;

    /** @param revocationLists asked at each check, so that a new list counts at once */
    public CertificateVerifier(
            CertificateAuthorities authorities, Supplier<? extends Collection<? extends CRL>> revocationLists) {
        this(() -> authorities, RevocationEvidence.of(revocationLists));
    }

    /** Both are asked at each check, so that new authorities and new revocations count at once. */
    public CertificateVerifier(Supplier<CertificateAuthorities> authorities, RevocationEvidence revocations) {
        this(authorities, revocations, true);
    }

    private CertificateVerifier(
            Supplier<CertificateAuthorities> authorities, RevocationEvidence revocations, boolean asksForRevocation) {
        this.authorities = authorities;
        this.revocations = revocations;
        this.asksForRevocation = asksForRevocation;
    }

    /** For a question put offline, where nothing tells of revocations: path, use and dates alone. Never for a peer. */
    public static CertificateVerifier withoutRevocation(CertificateAuthorities authorities) {
        return new CertificateVerifier(() -> authorities, RevocationEvidence.of(List::of), false);
    }

    /** Order of the checks: path, strength of its keys and signatures, use, dates, revocation (mssante §4.1). */
    public CertificateVerdict verify(X509Certificate certificate, CertificateUse use, Instant at) {
        Optional<CertificateAuthorities.AuthorityPath> path = authorities.get().pathOf(certificate, at);
        if (path.isEmpty()) {
            return notValid(
                    Outcome.CERTIFICATE_NOT_TRUSTED,
                    "no configured authority issued it; it names " + certificate.getIssuerX500Principal());
        }
        Optional<String> weakness = weakness(path.get());
        if (weakness.isPresent()) {
            return notValid(Outcome.CERTIFICATE_WEAK, weakness.get());
        }
        Optional<String> objection = use.objectionTo(certificate);
        if (objection.isPresent()) {
            return notValid(Outcome.CERTIFICATE_UNSUITABLE, objection.get());
        }
        if (isOutOfForce(certificate, at)) {
            return notValid(
                    Outcome.CERTIFICATE_EXPIRED,
                    "it is in force from " + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant());
        }
        return validate(path.get(), at);
    }

    /** The root stands outside: it is trusted because its file was put there, not for its own signature. */
    private static Optional<String> weakness(CertificateAuthorities.AuthorityPath path) {
        for (int i = 0; i < path.certificates().size(); i++) {
            Optional<String> objection =
                    CertificateStrength.objectionTo(path.certificates().get(i));
            if (objection.isPresent()) {
                return Optional.of("certificate " + i + " of its path: " + objection.get());
            }
        }
        return Optional.empty();
    }

    private CertificateVerdict validate(CertificateAuthorities.AuthorityPath path, Instant at) {
        if (isOutOfForce(path.root(), at)) {
            return notValid(Outcome.CERTIFICATE_NOT_TRUSTED, "the root of its path is outside its validity period");
        }
        CertificateVerdict byLists = validate(path.certificates(), path.root(), at, Optional.empty());
        if (!isUnknown(byLists)) {
            return byLists;
        }
        CertificateVerdict verdict = online(path, at).orElse(byLists);
        if (isUnknown(verdict)) {
            List<X509Certificate> certificates = path.certificates();
            for (int i = 0; i < certificates.size(); i++) {
                revocations.missing(
                        certificates.get(i), i + 1 < certificates.size() ? certificates.get(i + 1) : path.root());
            }
        }
        return verdict;
    }

    /** The authorities by their lists, the certificate by an OCSP answer; empty where there is none. */
    private Optional<CertificateVerdict> online(CertificateAuthorities.AuthorityPath path, Instant at) {
        List<X509Certificate> above =
                path.certificates().subList(1, path.certificates().size());
        X509Certificate issuer = above.isEmpty() ? path.root() : above.get(0);
        Optional<byte[]> answer = revocations.ocspAnswer(path.certificates().get(0), issuer);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (!above.isEmpty()) {
            CertificateVerdict authority = validate(above, path.root(), at, Optional.empty());
            if (authority instanceof CertificateVerdict.NotValid) {
                return Optional.of(authority);
            }
        }
        CertificateVerdict verdict = validate(path.certificates(), path.root(), at, answer);
        // all but the status was good before: whatever else is wrong now is wrong with the answer
        return Optional.of(
                verdict instanceof CertificateVerdict.NotValid bad && bad.outcome() != Outcome.CERTIFICATE_REVOKED
                        ? notValid(Outcome.REVOCATION_UNKNOWN, "the OCSP answer is of no use, " + bad.detail())
                        : verdict);
    }

    private CertificateVerdict validate(
            List<X509Certificate> certificates, X509Certificate root, Instant at, Optional<byte[]> ocspAnswer) {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(certificates);
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            validator.validate(certPath, parameters(validator, certificates, root, at, ocspAnswer));
            return new CertificateVerdict.Valid();
        } catch (CertPathValidatorException e) {
            return notValid(outcomeOf(e), "certificate " + e.getIndex() + " of its path: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            return notValid(Outcome.CERTIFICATE_NOT_TRUSTED, "its path cannot be validated: " + e.getMessage());
        }
    }

    private PKIXParameters parameters(
            CertPathValidator validator,
            List<X509Certificate> certificates,
            X509Certificate root,
            Instant at,
            Optional<byte[]> ocspAnswer)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setDate(Date.from(at));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(listsInForce(at))));
        // one means at a time, and no other where it does not tell: unknown is an answer (no SOFT_FAIL)
        if (ocspAnswer.isPresent()) {
            PKIXRevocationChecker revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
            revocation.setOcspResponses(Map.of(certificates.get(0), ocspAnswer.get()));
            revocation.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(revocation);
        } else {
            // the built-in check reads the lists given and nothing else; a PKIXRevocationChecker that prefers lists
            // would
            // itself go to every address the certificate names, LDAP included, and wait there
            parameters.setRevocationEnabled(asksForRevocation);
        }
        return parameters;
    }

    /** The JDK takes a list for a quarter of an hour past its nextUpdate; here it has ended when it says so. */
    private List<CRL> listsInForce(Instant at) {
        return revocations.lists().stream()
                .filter(list -> !RevocationListAge.hasEnded(list, at))
                .map(CRL.class::cast)
                .toList();
    }

    private static boolean isUnknown(CertificateVerdict verdict) {
        return verdict instanceof CertificateVerdict.NotValid notValid
                && notValid.outcome() == Outcome.REVOCATION_UNKNOWN;
    }

    private static Outcome outcomeOf(CertPathValidatorException failure) {
        if (failure.getReason() instanceof BasicReason reason) {
            return switch (reason) {
                case EXPIRED, NOT_YET_VALID -> Outcome.CERTIFICATE_EXPIRED;
                case REVOKED -> Outcome.CERTIFICATE_REVOKED;
                case UNDETERMINED_REVOCATION_STATUS -> Outcome.REVOCATION_UNKNOWN;
                case ALGORITHM_CONSTRAINED -> Outcome.CERTIFICATE_WEAK;
                case UNSPECIFIED, INVALID_SIGNATURE -> Outcome.CERTIFICATE_NOT_TRUSTED;
            };
        }
        return failure.getReason() == PKIXReason.UNRECOGNIZED_CRIT_EXT
                ? Outcome.CERTIFICATE_UNSUITABLE
                : Outcome.CERTIFICATE_NOT_TRUSTED;
    }

    private static boolean isOutOfForce(X509Certificate certificate, Instant at) {
        return at.isBefore(certificate.getNotBefore().toInstant())
                || at.isAfter(certificate.getNotAfter().toInstant());
    }

    private static CertificateVerdict notValid(Outcome outcome, String detail) {
        return new CertificateVerdict.NotValid(outcome, detail);
    }
}
