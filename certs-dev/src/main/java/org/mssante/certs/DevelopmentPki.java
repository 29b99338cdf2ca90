package org.mssante.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;

/**
 * The PKI of a development instance in one folder. {@link #complete()} makes what is missing, expired or left over from
 * other authorities and keeps all the rest, so that it may be interrupted and run again at will. Not thread-safe.
 *
 * <pre>
 * authority/{root,organisations}/{cert,key}.pem   anchors/*.pem   crl/*.crl   trust-list.xml
 * operator/ operator-b/ unlisted/ revoked/ list-signer/ annuaire/ dmp-store/ bridge/
 * sign/bridge/ clients/&lt;mailbox&gt;/ smime/&lt;mailbox&gt;/ each with cert.pem (leaf, then its CA) and key.pem (PKCS#8, mode 600)
 * </pre>
 */
public final class DevelopmentPki {
    private static final X500Name ROOT_NAME = new X500Name(
            "C=FR,O=MSSANTE DEMONSTRATION,OU=0002 999000011,OU=IGC DEMONSTRATION,CN=DEMO AC RACINE ELEMENTAIRE");
    private static final X500Name ORGANISATIONS_NAME = new X500Name(
            "C=FR,O=MSSANTE DEMONSTRATION,OU=0002 999000011,OU=IGC DEMONSTRATION,CN=DEMO AC ELEMENTAIRE ORGANISATIONS");
    private static final String CONTACT = "exploitation@demo.mssante.fr";
    private static final String TRUST_LIST = "trust-list.xml";

    private final Path folder;
    private final Clock clock;
    private final SecureRandom random;
    private final RsaKeys keys;
    private final List<String> made = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /** @param folder of the PKI, {@code run/certs} of an instance; need not exist */
    public DevelopmentPki(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.random = new SecureRandom();
        this.keys = new RsaKeys(random);
    }

    /**
     * Makes what is missing.
     *
     * @throws StartupFailure where the folder cannot be written or holds a file that is not what its name says
     */
    public PkiReport complete() {
        made.clear();
        kept.clear();
        try {
            delete(discarded());
            Instant now = clock.instant();
            Authority root = root(now);
            Authority organisations = organisations(root, now);
            for (PlannedCertificate planned : DemonstrationPlan.certificates()) {
                certificate(planned, organisations, now);
            }
            revocationList("crl/root.crl", root, List.of(), now);
            revocationList("crl/organisations.crl", organisations, List.of(leaf(DemonstrationPlan.REVOKED)), now);
            trustList(now);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The certificates cannot be written below " + folder + " (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new StartupFailure(
                    "This Java cannot make the certificates (" + e.getMessage() + "): use a JDK 17 or newer.", e);
        }
        return new PkiReport(made, kept);
    }

    /** Discards the whole PKI and makes a new one. The old one goes by one rename: never a mixture of both. */
    public PkiReport replace() {
        try {
            delete(discarded());
            if (Files.exists(folder)) {
                Files.move(folder, discarded());
            }
        } catch (IOException e) {
            throw new StartupFailure(
                    "The old certificates in " + folder + " cannot be removed (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
        return complete();
    }

    private Authority root(Instant now) throws GeneralSecurityException, OperatorCreationException, IOException {
        Path home = folder.resolve("authority/root");
        if (isMissing(home)) {
            KeyMaterial material = Authority.root(ROOT_NAME, keys.next(), now, random);
            publish("authority/root", "anchors/root.pem", material);
        } else {
            kept.add("authority/root");
        }
        return new Authority(KeyMaterial.load(home), random);
    }

    private Authority organisations(Authority root, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        String home = "authority/organisations";
        if (needsIssuing(home, root, ORGANISATIONS_NAME, now)) {
            publish(home, "anchors/organisations-ca.pem", root.issueAuthority(ORGANISATIONS_NAME, keys.next(), now));
        } else {
            kept.add(home);
        }
        return new Authority(KeyMaterial.load(folder.resolve(home)), random);
    }

    /** The anchor goes first: an authority that has its certificate is published. */
    private void publish(String home, String anchor, KeyMaterial material)
            throws IOException, GeneralSecurityException {
        PemFolder.write(folder.resolve(anchor), PemFolder.certificates(List.of(material.leaf())));
        PemFolder.store(folder.resolve(home), material);
        made.add(home);
    }

    private void certificate(PlannedCertificate planned, Authority issuer, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        if (needsIssuing(planned.folder(), issuer, planned.subject().encoded(), now)) {
            KeyPair pair = keys.next();
            PemFolder.store(folder.resolve(planned.folder()), issuer.issue(planned, pair, now));
            made.add(planned.folder());
        } else {
            kept.add(planned.folder());
        }
    }

    private boolean needsIssuing(String home, Authority issuer, X500Name subject, Instant now) throws IOException {
        if (isMissing(folder.resolve(home))) {
            return true;
        }
        X509Certificate present = leaf(home);
        X500Principal wanted = new X500Principal(subject.getEncoded());
        return !present.getSubjectX500Principal().equals(wanted)
                || present.getNotAfter().toInstant().isBefore(now)
                || !isSignedBy(present, issuer);
    }

    private static boolean isSignedBy(X509Certificate certificate, Authority issuer) {
        try {
            certificate.verify(issuer.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void revocationList(String file, Authority issuer, List<X509Certificate> revoked, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Path path = folder.resolve(file);
        if (Files.exists(path) && isCurrent(PemFiles.crl(path), issuer, revoked, now)) {
            kept.add(file);
            return;
        }
        X509CRL list = issuer.revocationList(revoked, now);
        PemFolder.write(path, PemFolder.revocationList(list.getEncoded()));
        made.add(file);
    }

    private static boolean isCurrent(X509CRL list, Authority issuer, List<X509Certificate> revoked, Instant now) {
        try {
            list.verify(issuer.certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            return false;
        }
        return list.getNextUpdate().toInstant().isAfter(now) && revoked.stream().allMatch(list::isRevoked);
    }

    /** Signed again where it is missing or where this run made its signer or a certificate it names. */
    private void trustList(Instant now) throws GeneralSecurityException, IOException {
        Path file = folder.resolve(TRUST_LIST);
        boolean namesNothingNew = !made.contains(DemonstrationPlan.LIST_SIGNER)
                && DemonstrationPlan.listedDomains().stream().noneMatch(listed -> made.contains(listed.folder()));
        if (Files.exists(file) && namesNothingNew) {
            kept.add(TRUST_LIST);
            return;
        }
        List<TrustListRow> rows = new ArrayList<>();
        for (DemonstrationPlan.ListedDomain listed : DemonstrationPlan.listedDomains()) {
            String dn = leaf(listed.folder()).getSubjectX500Principal().getName(X500Principal.RFC2253);
            rows.add(new TrustListRow(listed.domain(), listed.description(), dn, CONTACT, now));
        }
        KeyMaterial signer = KeyMaterial.load(folder.resolve(DemonstrationPlan.LIST_SIGNER));
        PemFolder.write(file, new TrustListSigner(signer).sign(rows, now));
        made.add(TRUST_LIST);
    }

    private X509Certificate leaf(String home) {
        return PemFiles.certificates(folder.resolve(home).resolve(PemFolder.CERTIFICATE))
                .get(0);
    }

    private static boolean isMissing(Path home) {
        return !Files.exists(home.resolve(PemFolder.CERTIFICATE)) || !Files.exists(home.resolve(PemFolder.KEY));
    }

    private Path discarded() {
        return folder.resolveSibling(folder.getFileName() + ".discarded");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
