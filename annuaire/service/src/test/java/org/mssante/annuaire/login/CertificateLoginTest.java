package org.mssante.annuaire.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

/** Software whose certificate has ended, and those behind the same address. */
final class CertificateLoginTest {
    private static final String PLACE = "192.0.2.1";
    private static final int FREE_FAILURES = 3;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.now());
    private final List<TraceEntry> trace = new ArrayList<>();
    private RegistryDatabase database;
    private Logins logins;

    @BeforeEach
    void open() {
        Allowance allowance = new Allowance(FREE_FAILURES, Duration.ofHours(1));
        database = RegistryDatabase.open(folder.resolve("registry"), 2);
        logins = new Logins(
                new ServiceSecrets(Map.of("server", "right")),
                Optional.empty(),
                Optional.of(new CertificateAccess(
                        ClientCertificates.open(
                                new ClientCertificates.Configuration(
                                        SharedPki.folder().resolve("anchors"),
                                        SharedPki.folder().resolve("crl"),
                                        Duration.ofHours(1)),
                                clock),
                        Map.of(),
                        new PersonalFixture(database, folder, clock).registry())),
                new Lockout(
                        new LockoutRules(allowance, allowance, Duration.ofHours(1), Duration.ofHours(1), Set.of(), 100),
                        clock),
                trace::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCertificateThatIsRefusedKeepsNobodyOutBehindItsAddress() {
        X509Certificate ended = ended();
        for (int i = 0; i <= FREE_FAILURES; i++) {
            assertThat(logins.authenticateCertificate(Logins.Door.LDAP, ended, Optional.empty(), PLACE))
                    .isInstanceOf(Logins.Refused.class);
        }

        assertThat(logins.authenticate(
                        Logins.Door.LDAP, Optional.of(EntryKey.of(Branch.SERVICES, "server")), "x", "right", PLACE))
                .isInstanceOf(Logins.Granted.class);
        assertThat(trace).hasSize(FREE_FAILURES + 1).allSatisfy(entry -> {
            assertThat(entry.event()).isEqualTo(Event.DIRECTORY_BIND_REFUSED);
            assertThat(entry.outcome()).contains(Outcome.CERTIFICATE_EXPIRED);
        });
    }

    private X509Certificate ended() {
        return TestAuthority.organisations(SharedPki.folder())
                .issue(
                        folder.resolve("leaf"),
                        Profile.ORG_AUTH_CLI,
                        new Subject(
                                "Paris (75)", "LABORATOIRE TEST", StructureId.siret("99900002900010"), "UN LOGICIEL"),
                        AlternativeNames.none(),
                        Instant.now().minus(Duration.ofDays(4 * 365)));
    }
}
