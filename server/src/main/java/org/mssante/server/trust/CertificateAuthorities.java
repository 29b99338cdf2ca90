package org.mssante.server.trust;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;

/**
 * The certification authorities this server trusts: the roots, and the authorities below them that issue certificates.
 * A certificate is accepted only from one of these. What a peer sends besides its own certificate is not used, so that
 * another branch under the same root gets nobody in (ECO.1.1.10: Élémentaire – Organisations only). Immutable.
 */
public final class CertificateAuthorities {
    private static final int MAX_DEPTH = 5;

    private final List<X509Certificate> authorities;
    private final List<X509Certificate> roots;

    public CertificateAuthorities(List<X509Certificate> authorities) {
        this.authorities = List.copyOf(authorities);
        this.roots = this.authorities.stream()
                .filter(authority -> isIssuedBy(authority, authority))
                .toList();
    }

    /**
     * Reads every {@code *.pem} of a folder.
     *
     * @throws StartupFailure where there is none, one is not readable, or none is a root
     */
    public static CertificateAuthorities load(Path folder) {
        CertificateAuthorities loaded = new CertificateAuthorities(PemFiles.certificatesOfFolder(folder));
        if (loaded.roots.isEmpty()) {
            throw new StartupFailure("The folder of trust anchors " + folder
                    + " holds no root: put the self-signed root certificate beside the authorities it issued.");
        }
        return loaded;
    }

    /** Every authority, roots included. */
    public List<X509Certificate> all() {
        return authorities;
    }

    /**
     * The certificate and its issuers up to a root, the root not included. An authority that was renewed under the same name
     * and key stands here twice: of several paths the one counts whose authorities are all in force, the newest first.
     *
     * @return empty where no path ends at a root
     */
    Optional<AuthorityPath> pathOf(X509Certificate certificate, Instant at) {
        List<X509Certificate> inForce = authorities.stream()
                .filter(authority -> !at.isBefore(authority.getNotBefore().toInstant())
                        && !at.isAfter(authority.getNotAfter().toInstant()))
                .sorted(Comparator.comparing(X509Certificate::getNotAfter).reversed())
                .toList();
        return path(List.of(certificate), inForce).or(() -> path(List.of(certificate), authorities));
    }

    /**
     * A path to a root.
     *
     * @param certificates end entity first, the root left out
     */
    record AuthorityPath(List<X509Certificate> certificates, X509Certificate root) {}

    private Optional<AuthorityPath> path(List<X509Certificate> soFar, List<X509Certificate> issuers) {
        X509Certificate last = soFar.get(soFar.size() - 1);
        for (X509Certificate issuer : issuers) {
            if (soFar.contains(issuer) || !isIssuedBy(last, issuer)) {
                continue;
            }
            if (roots.contains(issuer)) {
                return Optional.of(new AuthorityPath(List.copyOf(soFar), issuer));
            }
            if (soFar.size() < MAX_DEPTH) {
                List<X509Certificate> longer = new ArrayList<>(soFar);
                longer.add(issuer);
                Optional<AuthorityPath> found = path(longer, issuers);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Same name is not enough: anybody can copy a name, so the signature decides. */
    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
