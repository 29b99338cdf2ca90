package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.LABO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.certs.SharedPki;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Field;

/** A certificate that let a software in is revoked while its sessions live. */
@Timeout(120)
class LivingSessionTest {
    private static final String CLIENT = "clients/" + LABO;

    private static final String ORGANISATION = "biologie@demo.mssante.fr";

    @TempDir
    private Path runDir;

    private Path lists;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        lists = Files.createDirectory(runDir.resolve("lists"));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(SharedPki.folder().resolve("crl"))) {
            for (Path file : files) {
                Files.copy(file, lists.resolve(file.getFileName()));
            }
        }
        server = RunningServer.start(
                runDir,
                Map.of("trust.crls", lists.toString(), "trust.refresh", "PT0.2S", "sessions.rights.check", "PT0.2S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itsSmtpSessionEnds() throws IOException {
        try (SmtpConversation smtp = server.submissions(CLIENT).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
            revoke();
            assertThat(smtp.reply()).startsWith("421 4.7.0 MSS-T05 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
    }

    @Test
    void itsImapSessionEnds() throws IOException {
        try (ImapConversation imap = server.imaps(CLIENT)) {
            assertThat(imap.result("AUTHENTICATE EXTERNAL =")).startsWith("OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
            revoke();
            await().untilAsserted(
                            () -> assertThat(server.trace("SESSION_ENDED")).hasSize(1));
            assertThat(imap.line()).startsWith("* BYE MSS-T05 ");
        }
    }

    /** An organisation whose structure has given it the certificate: software opens it as its members do. */
    @Test
    void theCertificateOfAnOrganisationOpensItUntilItIsTakenAway() throws IOException {
        X500Principal subject =
                KeyMaterial.load(SharedPki.folder().resolve(CLIENT)).leaf().getSubjectX500Principal();
        organisation(Optional.of(subject.getName(X500Principal.RFC2253)));
        try (ImapConversation imap = server.imaps(CLIENT)) {
            String name = Base64.getEncoder().encodeToString(ORGANISATION.getBytes(StandardCharsets.US_ASCII));
            assertThat(imap.result("AUTHENTICATE EXTERNAL " + name)).startsWith("OK ");
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
            assertThat(server.trace("AUTHENTICATED")).last().satisfies(line -> {
                assertThat(line.get(Field.ACTOR)).contains(ORGANISATION);
                assertThat(line.get(Field.CERTIFICATE_SUBJECT).orElseThrow()).contains("SIL-LABO-TEST");
            });

            organisation(Optional.empty());
            await().untilAsserted(
                            () -> assertThat(server.trace("SESSION_ENDED")).hasSize(1));
            assertThat(imap.line()).startsWith("* BYE MSS-M53 ");
        }
    }

    private void organisation(Optional<String> certificate) {
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(ORGANISATION),
                        MailboxType.ORG,
                        MailboxState.ACTIVE,
                        ORGANISATION,
                        Optional.empty(),
                        Optional.of(RunningServer.LABORATORY),
                        List.of(),
                        certificate,
                        SigningPolicy.NONE,
                        DmpFiling.OFF));
    }

    private void revoke() {
        TestAuthority.organisations(SharedPki.folder())
                .publish(
                        lists.resolve("organisations.crl"),
                        Instant.now(),
                        KeyMaterial.load(SharedPki.folder().resolve(CLIENT)).leaf());
    }
}
