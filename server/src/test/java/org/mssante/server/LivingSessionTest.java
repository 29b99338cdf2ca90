package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.LABO;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import org.mssante.certs.TestAuthority;
import org.mssante.core.tls.KeyMaterial;

/** A certificate that let a software in is revoked while its sessions live. */
@Timeout(120)
class LivingSessionTest {
    private static final String CLIENT = "clients/" + LABO;

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
                Map.of("trust.crls", lists.toString(), "trust.refresh", "PT0.2S", "imap.rights.check", "PT0.2S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itsNextMessageIsRefused() throws IOException {
        try (SmtpConversation smtp = server.submissions(CLIENT).tlsAtOnce()) {
            assertThat(smtp.command("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("250 ");
            assertThat(smtp.command("RSET")).startsWith("250 ");
            revoke();
            await().untilAsserted(() -> {
                assertThat(smtp.command("MAIL FROM:<" + LABO + ">")).startsWith("554 5.7.5 MSS-T05 ");
            });
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

    private void revoke() {
        TestAuthority.organisations(SharedPki.folder())
                .publish(
                        lists.resolve("organisations.crl"),
                        Instant.now(),
                        KeyMaterial.load(SharedPki.folder().resolve(CLIENT)).leaf());
    }
}
