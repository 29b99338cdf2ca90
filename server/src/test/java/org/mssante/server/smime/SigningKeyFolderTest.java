package org.mssante.server.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.server.trust.RecordedTrace;

/** Keys of mailboxes that sign, renewed and added while the server runs. */
class SigningKeyFolderTest {
    private static final MailAddress LABORATORY = MailAddress.parse("labo@demo.mssante.fr");
    private static final MailAddress CLINIC = MailAddress.parse("clinique@demo.mssante.fr");

    @TempDir
    private Path folder;

    private final TestAuthority authority = TestAuthority.organisations(SharedPki.folder());
    private final RecordedTrace trace = new RecordedTrace();

    @Test
    void takesARenewedKeyAndANewMailboxsKeyOver() {
        issue(LABORATORY, LABORATORY);
        SigningKeyFolder keys = load();
        X509Certificate renewed = issue(LABORATORY, LABORATORY);
        X509Certificate added = issue(CLINIC, CLINIC);
        assertThat(keys.signerOf(CLINIC)).isEmpty();

        keys.refresh();

        assertThat(keys.certificates()).containsEntry(LABORATORY, renewed).containsEntry(CLINIC, added);
        assertThat(keys.signerOf(CLINIC)).isPresent();
        assertThat(keys.refused()).isEmpty();
    }

    @Test
    void refusesAnotherMailboxsCertificateAndKeepsTheOneInUse() {
        X509Certificate before = issue(LABORATORY, LABORATORY);
        SigningKeyFolder keys = load();
        issue(LABORATORY, CLINIC);
        issue(CLINIC, LABORATORY);

        keys.refresh();
        keys.refresh();

        assertThat(keys.certificates()).containsOnlyKeys(LABORATORY).containsEntry(LABORATORY, before);
        assertThat(keys.refused()).containsOnlyKeys(LABORATORY.toString(), CLINIC.toString());
        assertThat(trace.of(Event.OWN_CERTIFICATE_REJECTED)).hasSize(1);
    }

    @Test
    void doesNotStartWithAnotherMailboxsCertificate() {
        issue(LABORATORY, CLINIC);

        assertThatThrownBy(this::load)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("does not name that mailbox");
    }

    private SigningKeyFolder load() {
        return SigningKeyFolder.load(folder, trace, Clock.systemUTC());
    }

    private X509Certificate issue(MailAddress home, MailAddress named) {
        return authority.issue(
                folder.resolve(home.toString()),
                Profile.SERV_SMIME,
                new Subject("Paris (75)", "LABORATOIRE TEST", StructureId.siret("99900002900010"), "signature"),
                AlternativeNames.mailbox(named),
                Instant.now());
    }
}
