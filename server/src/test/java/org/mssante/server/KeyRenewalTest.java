package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Field;

/** The operator's own certificate is renewed while the server runs. */
@Timeout(120)
class KeyRenewalTest {
    private static final Subject OPERATOR = new Subject(
            "Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), "smtp.demo.mssante.fr");

    @TempDir
    private Path runDir;

    private final TestAuthority authority = TestAuthority.organisations(SharedPki.folder());
    private RunningServer server;
    private Path identity;

    @BeforeEach
    void start() throws IOException {
        identity = Files.createDirectory(runDir.resolve("own"));
        for (String file : new String[] {"cert.pem", "key.pem"}) {
            Files.copy(SharedPki.folder().resolve("operator").resolve(file), identity.resolve(file));
        }
        server = RunningServer.start(
                runDir, Map.of("tls.identity", identity.toString(), "tls.identity.refresh", "PT0.1S"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp.submissions.port", "imaps.port"})
    void aRenewedCertificateIsPresentedToTheNextConnectionWithoutARestart(String port) {
        X509Certificate renewed = authority.issueServer(identity, OPERATOR, Instant.now());

        await().untilAsserted(() -> assertThat(presented(port)).isEqualTo(renewed));
        await().untilAsserted(() -> assertThat(server.trace("OWN_CERTIFICATE_LOADED"))
                .singleElement()
                .satisfies(line -> assertThat(line.get(Field.CERTIFICATE_SERIAL))
                        .hasValue(renewed.getSerialNumber().toString(16))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"of another key", "in force from", "no readable certificate", "does not exist", "did not issue"})
    void whatCannotBeUsedIsRefusedWithAnAlarmAndTheCertificateInUseStays(String why) throws IOException {
        X509Certificate before = presented("smtp.submissions.port");
        putInPlace(why);

        // files that are being written may be met half-way: that is an alarm of its own
        await().untilAsserted(() -> assertThat(server.trace("OWN_CERTIFICATE_REJECTED"))
                .anySatisfy(
                        line -> assertThat(line.get(Field.DETAIL).orElseThrow()).contains(why)));
        assertThat(presented("smtp.submissions.port")).isEqualTo(before);

        X509Certificate renewed = authority.issueServer(identity, OPERATOR, Instant.now());
        await().untilAsserted(
                        () -> assertThat(presented("smtp.submissions.port")).isEqualTo(renewed));
    }

    private void putInPlace(String fault) throws IOException {
        Path other = runDir.resolve("other");
        switch (fault) {
            case "of another key" -> {
                authority.issueServer(other, OPERATOR, Instant.now());
                Files.copy(other.resolve("key.pem"), identity.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
                authority.issueServer(other, OPERATOR, Instant.now());
                replace(other.resolve("cert.pem"));
            }
            case "in force from" ->
                authority.issueServer(identity, OPERATOR, Instant.now().minus(Duration.ofDays(4 * 366)));
            case "no readable certificate" ->
                Files.writeString(
                        identity.resolve("cert.pem"), "-----BEGIN CERTIFICATE-----", StandardCharsets.US_ASCII);
            case "does not exist" -> Files.delete(identity.resolve("key.pem"));
            case "did not issue" -> {
                authority.namesake().issueServer(other, OPERATOR, Instant.now());
                String leaf = Files.readString(other.resolve("cert.pem"), StandardCharsets.US_ASCII)
                        .split("(?<=-----END CERTIFICATE-----\n)", 2)[0];
                String ours = Files.readString(
                        SharedPki.folder().resolve("anchors/organisations-ca.pem"), StandardCharsets.US_ASCII);
                Files.copy(other.resolve("key.pem"), identity.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(identity.resolve("cert.pem"), leaf + ours, StandardCharsets.US_ASCII);
            }
            default -> throw new IllegalArgumentException(fault);
        }
    }

    private void replace(Path certificate) throws IOException {
        Files.copy(certificate, identity.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    private X509Certificate presented(String port) throws IOException {
        try (SSLSocket socket = (SSLSocket) TlsContexts.trusting(
                        PemFiles.certificatesOfFolder(SharedPki.folder().resolve("anchors")))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port(port))) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
