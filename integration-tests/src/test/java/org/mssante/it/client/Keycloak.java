package org.mssante.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.instance.Folders;
import org.mssante.it.instance.TestInstance;

/**
 * A Keycloak with a realm shaped like Pro Santé Connect's: same paths, tokens of two minutes, the national identifier in
 * {@code SubjectNameID} and {@code preferred_username}. The build unpacks it into {@code target/keycloak}.
 */
public final class Keycloak implements AutoCloseable {
    /** Of a token whose client has its own, shorter life. */
    public static final Duration SHORT_LIFE = Duration.ofSeconds(2);

    private static final Duration ENDING = Duration.ofSeconds(20);
    private static final String REALM = "/auth/realms/esante-wallet";
    private static final String PROFESSIONAL = "810999010019";
    private static final String PASSWORD = "e-cps";

    private final int port;
    private final Process process;
    private final HttpClient http;

    /** What it gave a professional. */
    public record Tokens(String access, String refresh) {}

    private Keycloak(int port, Process process, HttpClient http) {
        this.port = port;
        this.process = process;
        this.http = http;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param identity the folder of the certificate it shows
     * @param anchors who its caller trusts
     */
    public static Keycloak start(int port, Path identity, List<X509Certificate> anchors) throws IOException {
        Path target = TestInstance.home().resolve("integration-tests/target");
        Path home = unpacked(target.resolve("keycloak"));
        // a realm that is there already would not be imported again
        Folders.delete(home.resolve("data"));
        Path realm = home.resolve("data/import/esante-wallet-realm.json");
        Files.createDirectories(realm.getParent());
        try (InputStream shape = Keycloak.class.getResourceAsStream("/keycloak/esante-wallet-realm.json")) {
            Files.write(realm, shape.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-enabled=false",
                        "--http-host=127.0.0.1",
                        "--https-port=" + port,
                        "--http-relative-path=/auth",
                        "--https-certificate-file=" + identity.resolve("cert.pem"),
                        "--https-certificate-key-file=" + identity.resolve("key.pem"))
                .redirectErrorStream(true)
                .redirectOutput(new File(target.toFile(), "keycloak.log"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx384m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(anchors))
                .build();
        Keycloak keycloak = new Keycloak(port, builder.start(), http);
        Awaitility.await("Keycloak answers")
                .atMost(TestInstance.PATIENCE)
                .failFast(() -> Assertions.assertThat(keycloak.process.isAlive())
                        .as("Keycloak runs, see target/keycloak.log")
                        .isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        keycloak.send(HttpRequest.newBuilder(keycloak.keys()).GET())
                                        .statusCode()
                                == 200);
        return keycloak;
    }

    public String issuer() {
        return "https://localhost:" + port + REALM;
    }

    public URI keys() {
        return URI.create(issuer() + "/protocol/openid-connect/certs");
    }

    public URI introspection() {
        return URI.create(issuer() + "/protocol/openid-connect/token/introspect");
    }

    /** The professional logs in at a software. */
    public Tokens logIn(String client) {
        String answer = post(
                "/protocol/openid-connect/token",
                Map.of("grant_type", "password", "client_id", client, "username", PROFESSIONAL, "password", PASSWORD));
        return new Tokens(field(answer, "access_token"), field(answer, "refresh_token"));
    }

    /** He logs out of everything. */
    public void logOut(String client, Tokens tokens) {
        post("/protocol/openid-connect/logout", Map.of("client_id", client, "refresh_token", tokens.refresh()));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(ENDING.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path unpacked(Path folder) throws IOException {
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.findFirst().orElseThrow();
        }
    }

    private String post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(issuer() + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            Assertions.assertThat(response.statusCode())
                    .as("%s: %s", path, response.body())
                    .isBetween(200, 204);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        Assertions.assertThat(field.find()).as("%s in the answer", name).isTrue();
        return field.group(1);
    }
}
