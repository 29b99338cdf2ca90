package org.mssante.annuaire.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** The annuaire in a process of its own, whose memory is bounded as it is to be proven, and is not that of who asks. */
final class MeasuredAnnuaire implements AutoCloseable {
    private static final String HEAP = "-Xmx512m";
    private static final String SERVICE = "server";
    private static final String SECRET = "ldap-server.secret";
    private static final Duration LOAD = Duration.ofHours(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path run;
    private final AnnuaireFixture fixture;
    private final Process process;
    private final SSLContext tls;

    private MeasuredAnnuaire(Path run, AnnuaireFixture fixture, Process process) {
        this.run = run;
        this.fixture = fixture;
        this.process = process;
        this.tls = TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()));
    }

    /**
     * Returns once it answers, with these extracts in it; whatever an edition changes is taken over.
     *
     * @param run an empty folder
     */
    static MeasuredAnnuaire start(Path run, Path extracts) throws IOException {
        AnnuaireFixture fixture = new AnnuaireFixture(Files.createDirectories(run))
                .set("register.extracts", extracts.toString())
                .set("register.check.interval", "PT24H")
                .set("register.hold.removed-percent", "100")
                .set("register.hold.changed-percent", "100")
                .set("register.hold.domain.removed-percent", "100");
        Path log = run.resolve("annuaire.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        HEAP,
                        "-XX:ThreadPriorityPolicy=1",
                        "-XX:JavaPriority1_To_OSPriority=5",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnnuaireService.class.getName(),
                        "--conf",
                        fixture.conf().toString(),
                        "--run-dir",
                        run.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        MeasuredAnnuaire annuaire = new MeasuredAnnuaire(run, fixture, process);
        Awaitility.await()
                .atMost(LOAD)
                .failFast("the annuaire has ended, see " + log, () -> !process.isAlive())
                .until(() -> Files.exists(run.resolve("annuaire/ready")));
        return annuaire;
    }

    SSLContext tls() {
        return tls;
    }

    Resident resident() throws IOException {
        return Resident.of(process.pid());
    }

    /** The newest look at the register. */
    JsonNode lastRun() throws IOException {
        return JSON.readTree(
                fixture.registerRuns().lines().reduce((earlier, later) -> later).orElseThrow());
    }

    /** Takes the extracts over, and returns what the service says of it. */
    JsonNode look() throws IOException {
        try (ControlClient.Reply reply = new ControlClient(ControlAddress.of(run, "annuaire"), LOAD)
                .post(List.of("register", "look"), Map.of("permission", "RULES"))) {
            JsonNode answer = JSON.readTree(reply.body());
            if (!answer.path("end").asText().equals("APPLIED")) {
                throw new IOException("the edition was not taken over: " + answer);
            }
            return answer;
        }
    }

    /** A service that has logged in under TLS. */
    LDAPConnection connection() throws LDAPException {
        return LdapQuestions.connection(fixture.ldapPort(), tls, LdapNames.serviceDn(SERVICE), fixture.secret(SECRET));
    }

    /** The search for a mailbox over FHIR, where it stands: at the professional or at his role. */
    Asking.Question overFhir() {
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        String login = SERVICE + ":" + fixture.secret(SECRET);
        String authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return mailbox -> {
            URI address = URI.create("https://localhost:" + fixture.httpsPort() + "/fhir/v2/"
                    + (mailbox.atStructure() ? "PractitionerRole" : "Practitioner") + "?mailbox-mss:exact="
                    + URLEncoder.encode(mailbox.address(), StandardCharsets.UTF_8));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", authorization)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(address.getPath() + " was answered by " + answer.statusCode());
            }
            return answer.body().contains(mailbox.address());
        };
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
