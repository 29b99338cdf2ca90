package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLSocket;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Speaks with the administration API as a client of it does. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AnnuaireFixture fixture;
    private final HttpClient http;

    ApiClient(AnnuaireFixture fixture) {
        this.fixture = fixture;
        this.http = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors())))
                .build();
    }

    /** What was answered. */
    record Answer(int status, HttpHeaders headers, String text) {
        JsonNode body() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }

        /** Of a problem. */
        String code() {
            return body().path("code").asText();
        }

        String etag() {
            return headers.firstValue("ETag").orElse("");
        }
    }

    /** Asks as one person. */
    final class Caller {
        private final String authorization;

        private Caller(String name, String password) {
            this.authorization = "Basic "
                    + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        Answer get(String path) {
            return send("GET", path, "");
        }

        /** @param body JSON unless the headers, by name and value, say otherwise; empty for none */
        Answer send(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = request(path).header("Authorization", authorization);
            request.setHeader("Content-Type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
            return sent(request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }

        Answer send(String method, String path, HttpRequest.BodyPublisher body) {
            return sent(request(path)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .method(method, body)
                    .build());
        }

        String authorization() {
            return authorization;
        }
    }

    /** @param name of a mailbox or a service of the demonstration */
    Caller as(String name) {
        return as(name, fixture.secret(name.contains("@") ? name + ".password" : "ldap-" + name + ".secret"));
    }

    Caller as(String name, String password) {
        return new Caller(name, password);
    }

    Answer anonymous(String path) {
        return sent(request(path).build());
    }

    SSLSocket socket() throws IOException {
        return (SSLSocket) http.sslContext().getSocketFactory().createSocket("localhost", fixture.httpsPort());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("https://localhost:" + fixture.httpsPort() + AdministrationSite.PATH + path));
    }

    Answer sent(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
