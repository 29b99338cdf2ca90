package org.mssante.it.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.certs.TrustListRow;
import org.mssante.certs.TrustListSigner;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;

/**
 * A trust space like the one that operators are audited with: the domains {@code *-audit.espacedeconfiance.mssante.fr} of the
 * published list, each with the row of its own certificate and with that of the auditor's relay, and certificates that
 * are what the domains' names say. It lies in the folder of an instance's PKI and changes while the instance runs.
 */
public final class AuditSpace {
    private static final Duration FOUR_YEARS = Duration.ofDays(4 * 366);
    private static final StructureId AUDITOR = StructureId.siret("99900001100018");
    private static final StructureId ANOTHER = StructureId.siret("99900002900010");
    private static final String CONTACT = "exploitation@demo.mssante.fr";

    private final TestInstance instance;
    private final Path pki;
    private final TestAuthority organisations;
    private final TestAuthority withoutCurrentList;
    private final TestAuthority withoutList;
    private final String relay;
    private final Set<Listed> rows = new LinkedHashSet<>();
    private final List<X509Certificate> revoked = new ArrayList<>();

    /** A row of the list. */
    private record Listed(MailDomain domain, String dn) {}

    /** @param instance not started yet; its PKI is there */
    public AuditSpace(TestInstance instance) {
        this.instance = instance;
        this.pki = instance.instance().certificates();
        this.organisations = TestAuthority.organisations(pki);
        this.withoutCurrentList = TestAuthority.another(pki, "DEMO AC LISTE PERIMEE");
        withoutCurrentList.publish(pki.resolve("crl/perimee.crl"), Instant.now().minus(FOUR_YEARS));
        this.withoutList = TestAuthority.another(pki, "DEMO AC SANS LISTE");
        withoutList.store(home("responder"));
        this.relay = issue("bus", subject("bus.mssante.fr", AUDITOR));
        String operator = dn(instance.instance().identity("operator").leaf());
        list("demo.mssante.fr", operator);
        list("demo.medecin.mssante.fr", operator);
        List.of("cert-valide-audit", "tests-operateur").forEach(name -> list(domain(name), issueOwn(name)));
        List.of("cert-delisted", "cert-swapped", "cert-revoked-later", "cert-resumed-tlsv1.2", "cert-resumed-tlsv1.3")
                .forEach(name -> listWithRelay(name, issueOwn(name)));
        layOutRefusedOnes();
    }

    private void layOutRefusedOnes() {
        listWithRelay(
                "cert-expire-audit",
                dn(organisations.issueServer(
                        home("cert-expire-audit"),
                        own("cert-expire-audit"),
                        Instant.now().minus(FOUR_YEARS))));
        listWithRelay("cert-revoque-audit", issueOwn("cert-revoque-audit"));
        revoked.add(leaf("cert-revoque-audit"));
        listWithRelay(
                "cert-non-igc-audit",
                dn(organisations
                        .namesake()
                        .issueServer(home("cert-non-igc-audit"), own("cert-non-igc-audit"), Instant.now())));
        // the listed name and the one of the certificate have the CN in common
        issue("cert-cn-diff-dn-audit", subject(domain("cert-cn-diff-dn-audit"), ANOTHER));
        listWithRelay("cert-cn-diff-dn-audit", dn(domain("cert-cn-diff-dn-audit")));
        listWithRelay("cert-no-match-audit", dn(domain("cert-no-match-audit")));
        list(domain("sans-tls-audit"), relay);
        listWithRelay(
                "cert-usage",
                dn(organisations.issue(
                        home("cert-usage"),
                        Profile.SERV_SMIME,
                        own("cert-usage"),
                        AlternativeNames.none(),
                        Instant.now())));
        listWithRelay(
                "crl-expired",
                dn(withoutCurrentList.issueServer(home("crl-expired"), own("crl-expired"), Instant.now())));
        for (String name : List.of("ocsp-good", "ocsp-revoked")) {
            listWithRelay(name, dn(withoutList.issueServer(home(name), own(name), Instant.now())));
        }
        organisations.publish(
                pki.resolve("crl/organisations.crl"), Instant.now(), revoked.toArray(X509Certificate[]::new));
        write(sign());
    }

    /** The domain whose name in the audit is {@code name}. */
    public static String domain(String name) {
        return name + ".espacedeconfiance.mssante.fr";
    }

    /** The folder with cert.pem and key.pem of the certificate of that name. */
    public Path home(String name) {
        return pki.resolve("audit").resolve(name);
    }

    public X509Certificate leaf(String name) {
        return KeyMaterial.load(home(name)).leaf();
    }

    /** Strikes the row of a domain's own certificate off the list, and returns once the server knows. */
    public synchronized void strikeOff(String name) {
        rows.remove(new Listed(new MailDomain(domain(name)), dn(leaf(name))));
        publishList();
    }

    /** Strikes every row of a domain off the list, and returns once the server knows. */
    public synchronized void strikeOffAll(String name) {
        rows.removeIf(row -> row.domain().equals(new MailDomain(domain(name))));
        publishList();
    }

    /** Revokes the certificate of that name, and returns once the server knows. */
    public synchronized void revoke(String name) {
        revoked.add(leaf(name));
        publish(organisations, "organisations.crl", revoked.toArray(X509Certificate[]::new));
    }

    /** The authority whose revocation list had expired has a new one; returns once the server knows. */
    public void renewExpiredList() {
        publish(withoutCurrentList, "perimee.crl");
    }

    private void publish(TestAuthority authority, String file, X509Certificate... revokedOnes) {
        Traces traces = instance.tracesFromNow();
        authority.publish(pki.resolve("crl").resolve(file), Instant.now(), revokedOnes);
        traces.await("a new revocation list", Traces.is(Event.REVOCATION_LIST_LOADED));
    }

    private void publishList() {
        byte[] list = sign();
        write(list);
        instance.traces()
                .await(
                        "the new trust list",
                        Traces.is(Event.TRUST_LIST_LOADED).and(Traces.has(Field.HASH, sha256(list))));
    }

    private byte[] sign() {
        Instant now = Instant.now();
        List<TrustListRow> written = rows.stream()
                .map(row -> new TrustListRow(row.domain(), "Domaine d'audit", row.dn(), CONTACT, now))
                .toList();
        try {
            return new TrustListSigner(KeyMaterial.load(pki.resolve("list-signer"))).sign(written, now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the list of a test cannot be signed", e);
        }
    }

    private void write(byte[] list) {
        Path file = pki.resolve("trust-list.xml");
        Path unfinished = file.resolveSibling("trust-list.unfinished");
        try {
            Files.write(unfinished, list);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listWithRelay(String name, String dn) {
        list(domain(name), dn);
        list(domain(name), relay);
    }

    private void list(String domain, String dn) {
        rows.add(new Listed(new MailDomain(domain), dn));
    }

    private String issueOwn(String name) {
        return issue(name, own(name));
    }

    private String issue(String name, Subject subject) {
        return dn(organisations.issueServer(home(name), subject, Instant.now()));
    }

    private static Subject own(String name) {
        return subject(domain(name), AUDITOR);
    }

    private static Subject subject(String commonName, StructureId structure) {
        return new Subject(
                "Hauts-de-Seine (92)",
                structure.equals(AUDITOR) ? "AUDITEUR DE DEMONSTRATION" : "AUTRE ORGANISATION",
                structure,
                commonName);
    }

    private static String dn(String commonName) {
        return "CN=" + commonName + ",OU=" + AUDITOR.nationalId()
                + ",O=AUDITEUR DE DEMONSTRATION,ST=Hauts-de-Seine (92),C=FR";
    }

    private static String dn(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
