package org.mssante.annuaire.login;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.FileStamp;
import org.mssante.core.tls.PemFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether client certificates are to be relied on: by the configured authorities and the revocation lists of a folder
 * alone, whatever else a client sends (ADR 8). No list, or one that has ended, is no answer, and refuses. Thread-safe.
 */
public final class ClientCertificates {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClientCertificates.class);
    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
    private static final int MOST_JUDGED = 10_000;

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> roots;
    private final Configuration configuration;
    private final Clock clock;
    private final Map<X509Certificate, Judgement> judged = new ConcurrentHashMap<>();
    private Map<Path, String> stamps = Map.of();
    private List<X509CRL> lists = List.of();

    /**
     * @param anchors folder of the roots and of each authority below them that may issue (*.pem)
     * @param lists folder of their revocation lists (*.crl); a file that changes counts at the next look
     * @param look a certificate that was good is looked at again after
     */
    public record Configuration(Path anchors, Path lists, Duration look) {}

    /** Why a certificate is not relied on. */
    public record Objection(Outcome outcome, String detail) {}

    private record Judgement(Instant at, Optional<Objection> objection) {}

    private ClientCertificates(List<X509Certificate> authorities, Configuration configuration, Clock clock) {
        this.authorities = authorities;
        this.roots = authorities.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal()))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toUnmodifiableSet());
        this.configuration = configuration;
        this.clock = clock;
    }

    /** @throws StartupFailure where the authorities cannot be read, or none of them is a root */
    public static ClientCertificates open(Configuration configuration, Clock clock) {
        ClientCertificates opened =
                new ClientCertificates(PemFiles.certificatesOfFolder(configuration.anchors()), configuration, clock);
        if (opened.roots.isEmpty()) {
            throw new StartupFailure("The folder of trust anchors " + configuration.anchors()
                    + " holds no root: put the self-signed root certificate beside the authorities it issued.");
        }
        return opened;
    }

    /** Those that may issue, and those above them. */
    public List<X509Certificate> authorities() {
        return authorities;
    }

    /** Empty where it is relied on. */
    public Optional<Objection> objectionTo(X509Certificate certificate) {
        Instant now = clock.instant();
        Judgement last = judged.get(certificate);
        if (last != null && now.isBefore(last.at().plus(configuration.look()))) {
            return last.objection();
        }
        if (judged.size() >= MOST_JUDGED) {
            judged.clear();
        }
        Optional<Objection> objection = judge(certificate, now);
        judged.put(certificate, new Judgement(now, objection));
        return objection;
    }

    private Optional<Objection> judge(X509Certificate certificate, Instant at) {
        if (at.isBefore(certificate.getNotBefore().toInstant())
                || at.isAfter(certificate.getNotAfter().toInstant())) {
            return objection(
                    Outcome.CERTIFICATE_EXPIRED,
                    "in force from " + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant());
        }
        try {
            if (!isForClients(certificate)) {
                return objection(Outcome.CERTIFICATE_UNSUITABLE, "not made for clients of TLS");
            }
            CertPath path = path(certificate, at);
            return revocation(path, at);
        } catch (CertPathBuilderException e) {
            return objection(
                    Outcome.CERTIFICATE_NOT_TRUSTED,
                    "no path from a configured authority; it names " + certificate.getIssuerX500Principal());
        } catch (GeneralSecurityException e) {
            return objection(Outcome.CERTIFICATE_NOT_TRUSTED, "it cannot be judged: " + e.getMessage());
        }
    }

    /** RFC 5280 §4.2.1.3, §4.2.1.12: where they are present, they must allow it. */
    private static boolean isForClients(X509Certificate certificate) throws GeneralSecurityException {
        boolean[] usage = certificate.getKeyUsage();
        List<String> purposes = certificate.getExtendedKeyUsage();
        return certificate.getBasicConstraints() < 0
                && (usage == null || usage[0])
                && (purposes == null || purposes.contains(CLIENT_USE));
    }

    private CertPath path(X509Certificate certificate, Instant at) throws GeneralSecurityException {
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(certificate);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, wanted);
        List<X509Certificate> known = new ArrayList<>(authorities);
        known.add(certificate);
        parameters.addCertStore(store(known));
        parameters.setDate(Date.from(at));
        // asked for below, so that the cause is told apart
        parameters.setRevocationEnabled(false);
        return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
    }

    private Optional<Objection> revocation(CertPath path, Instant at) throws GeneralSecurityException {
        List<X509CRL> inForce = listsInForce(at);
        // of several lists of an authority the built-in check may take any
        for (Certificate one : path.getCertificates()) {
            if (inForce.stream().anyMatch(list -> revokes(list, (X509Certificate) one))) {
                return objection(Outcome.CERTIFICATE_REVOKED, "a list in force names it or one above it");
            }
        }
        PKIXParameters parameters = new PKIXParameters(roots);
        parameters.addCertStore(store(inForce));
        parameters.setDate(Date.from(at));
        // the built-in check reads these lists and asks nobody
        parameters.setRevocationEnabled(true);
        try {
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return objection(
                    e.getReason() == BasicReason.REVOKED
                            ? Outcome.CERTIFICATE_REVOKED
                            : e.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS
                                    ? Outcome.REVOCATION_UNKNOWN
                                    : Outcome.CERTIFICATE_NOT_TRUSTED,
                    "certificate " + e.getIndex() + " of its path: " + e.getMessage());
        }
    }

    private static boolean revokes(X509CRL list, X509Certificate certificate) {
        return list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                && list.getRevokedCertificate(certificate.getSerialNumber()) != null;
    }

    /** The JDK takes a list for a while past its nextUpdate. */
    private List<X509CRL> listsInForce(Instant at) {
        return lists().stream()
                .filter(list -> list.getNextUpdate() == null
                        || at.isBefore(list.getNextUpdate().toInstant()))
                .toList();
    }

    /** Read again where a file has changed. */
    private synchronized List<X509CRL> lists() {
        try {
            Map<Path, String> now = FileStamp.ofFolder(configuration.lists(), "*.crl");
            if (!now.equals(stamps)) {
                lists = now.keySet().stream()
                        .flatMap(file -> list(file).stream())
                        .toList();
                stamps = now;
            }
        } catch (IOException e) {
            LOGGER.warn("the revocation lists of {} cannot be read: {}", configuration.lists(), e.getMessage());
            lists = List.of();
            stamps = Map.of();
        }
        return lists;
    }

    private static Optional<X509CRL> list(Path file) {
        try {
            return Optional.of(PemFiles.crl(file));
        } catch (StartupFailure e) {
            LOGGER.warn("a revocation list is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static CertStore store(Collection<?> content) throws GeneralSecurityException {
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(content));
    }

    private static Optional<Objection> objection(Outcome outcome, String detail) {
        return Optional.of(new Objection(outcome, detail));
    }
}
