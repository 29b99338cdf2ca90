package org.mssante.annuaire.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.time.SettableClock;

final class ClientCertificatesTest {
    private static final Duration LOOK = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.now());
    private final TestAuthority authority = TestAuthority.organisations(SharedPki.folder());
    private Path lists;
    private ClientCertificates certificates;

    @BeforeEach
    void open() throws IOException {
        lists = Files.createDirectories(folder.resolve("lists"));
        copy(SharedPki.folder().resolve("crl"), "*.crl", lists);
        certificates = ClientCertificates.open(
                new ClientCertificates.Configuration(SharedPki.folder().resolve("anchors"), lists, LOOK), clock);
    }

    @Test
    void reliesOnACertificateOfAConfiguredAuthority() {
        assertThat(outcome(issued(Profile.ORG_AUTH_CLI, Instant.now()))).isEmpty();
    }

    @Test
    void reliesOnNoneThatIsNotMadeForClients() {
        assertThat(outcome(issued(Profile.SERV_SMIME, Instant.now()))).contains(Outcome.CERTIFICATE_UNSUITABLE);
        assertThat(outcome(issued(Profile.ORG_SIGN, Instant.now()))).contains(Outcome.CERTIFICATE_UNSUITABLE);
    }

    @Test
    void reliesOnNoneThatHasEnded() {
        assertThat(outcome(issued(Profile.ORG_AUTH_CLI, Instant.now().minus(Duration.ofDays(4 * 365)))))
                .contains(Outcome.CERTIFICATE_EXPIRED);
    }

    @Test
    void reliesOnNoneOfAnotherBranchUnderTheSameRoot() throws IOException {
        Path others = folder.resolve("others");
        copy(SharedPki.folder().resolve("authority/root"), "*.pem", others.resolve("authority/root"));
        Files.createDirectories(others.resolve("anchors"));
        TestAuthority branch = TestAuthority.another(others, "AUTRE BRANCHE");

        assertThat(outcome(issue(branch, Profile.ORG_AUTH_CLI, Instant.now())))
                .contains(Outcome.CERTIFICATE_NOT_TRUSTED);
        assertThat(outcome(issue(authority.namesake(), Profile.ORG_AUTH_CLI, Instant.now())))
                .contains(Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void withoutAListInForceTheAnswerIsNotKnown() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(lists)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        assertThat(outcome(issued(Profile.ORG_AUTH_CLI, Instant.now()))).contains(Outcome.REVOCATION_UNKNOWN);

        Files.delete(lists);
        assertThat(outcome(issued(Profile.ORG_AUTH_CLI, Instant.now()))).contains(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void aNewListCountsOnceTheLastLookIsOver() {
        X509Certificate certificate = issued(Profile.ORG_AUTH_CLI, Instant.now());
        assertThat(outcome(certificate)).isEmpty();

        authority.publish(lists.resolve("newer.crl"), Instant.now(), certificate);
        assertThat(outcome(certificate)).as("looked at a moment ago").isEmpty();
        clock.pass(LOOK);

        assertThat(outcome(certificate)).contains(Outcome.CERTIFICATE_REVOKED);
    }

    private Optional<Outcome> outcome(X509Certificate certificate) {
        return certificates.objectionTo(certificate).map(ClientCertificates.Objection::outcome);
    }

    private X509Certificate issued(Profile profile, Instant at) {
        return issue(authority, profile, at);
    }

    private X509Certificate issue(TestAuthority issuer, Profile profile, Instant at) {
        return issuer.issue(
                folder.resolve("leaf"),
                profile,
                new Subject("Paris (75)", "LABORATOIRE TEST", StructureId.siret("99900002900010"), "UN LOGICIEL"),
                AlternativeNames.none(),
                at);
    }

    private static void copy(Path from, String names, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, names)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
