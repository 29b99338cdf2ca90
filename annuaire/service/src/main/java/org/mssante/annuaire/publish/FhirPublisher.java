package org.mssante.annuaire.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.log.RootCause;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/**
 * Speaks the draft API of the annuaire national, one PATCH an order. Where the server does not know us or wants us slower, and where it
 * fails or does not answer several times in a row, the rest of the run waits for the next one; one order that it fails at does not keep
 * the others. Not thread-safe.
 */
public final class FhirPublisher implements AnnuairePublisher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int MAX_WORDS = 300;
    private static final int MOST_FAILURES = 3;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    /** The server knows what it was asked, and will not do it for any order. */
    private static final Set<Integer> HALTS = Set.of(401, 403, 429);

    /** The carrier is not there, there are several, or the body is not what the server wants (mssante.md §5.7). */
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 409, 410, 412, 422);

    private final Configuration configuration;
    private final FhirPatch patch;

    /**
     * @param base e.g. {@code https://gateway.api.esante.gouv.fr/fhir/v2}
     * @param key file that holds the value of the header {@code ESANTE-API-KEY}
     * @param certificate folder of the key and certificate to present; empty for none
     * @param anchors folder of the authorities the server is trusted by
     * @param proxy asked for a tunnel to the server; empty to connect directly
     * @param between two calls: the gateway allows 17 a second (annuaire.md §4.1)
     * @param typeAsConcept whether the type of a mailbox is a CodeableConcept, else a code
     */
    public record Configuration(
            URI base,
            Path key,
            Optional<Path> certificate,
            Path anchors,
            Optional<WebProxy> proxy,
            Duration timeout,
            Duration between,
            boolean typeAsConcept) {}

    public FhirPublisher(Configuration configuration) {
        this.configuration = configuration;
        this.patch =
                new FhirPatch(configuration.typeAsConcept() ? FhirPatch.TypeForm.CONCEPT : FhirPatch.TypeForm.CODE);
    }

    @Override
    public void submit(List<PublicationOrder> orders, Answers answers) throws IOException {
        String key =
                Files.readString(configuration.key(), StandardCharsets.UTF_8).strip();
        HttpClient client = client();
        Optional<String> halted = Optional.empty();
        int failures = 0;
        for (PublicationOrder order : orders) {
            if (halted.isPresent()) {
                answers.take(order, new PublicationAnswer.Later("not tried: " + halted.get()));
                continue;
            }
            Told told = tell(client, key, order);
            failures = told.answer() instanceof PublicationAnswer.Later ? failures + 1 : 0;
            if (told.halting() || failures == MOST_FAILURES) {
                halted = Optional.of(told.answer().words());
            }
            answers.take(order, told.answer());
        }
    }

    /**
     * What became of one order.
     *
     * @param halting whether no other one has a better chance
     */
    private record Told(PublicationAnswer answer, boolean halting) {}

    private Told tell(HttpClient client, String key, PublicationOrder order) throws InterruptedIOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(configuration.base() + "/" + FhirPatch.target(order.carrier())))
                .timeout(configuration.timeout())
                .header("Content-Type", "application/fhir+json")
                .header("Accept", "application/fhir+json")
                .header("ESANTE-API-KEY", key)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(patch.body(order), StandardCharsets.UTF_8));
        configuration.proxy().ifPresent(proxy -> proxy.introduce(request));
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Thread.sleep(configuration.between().toMillis());
            String words = response.statusCode() + diagnostics(response.body());
            if (response.statusCode() == OK) {
                return new Told(new PublicationAnswer.Accepted(words), false);
            }
            return REFUSALS.contains(response.statusCode())
                    ? new Told(new PublicationAnswer.Refused(words), false)
                    : new Told(new PublicationAnswer.Later(words), HALTS.contains(response.statusCode()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        } catch (IOException e) {
            Throwable cause = RootCause.of(e);
            String why = Optional.ofNullable(cause.getMessage())
                    .orElse(cause.getClass().getSimpleName());
            return new Told(
                    new PublicationAnswer.Later(
                            "no answer from " + configuration.base().getHost() + " (" + why + ")"),
                    false);
        }
    }

    private HttpClient client() {
        var anchors = PemFiles.certificatesOfFolder(configuration.anchors());
        SSLContext tls = configuration
                .certificate()
                .map(folder -> TlsContexts.mutual(KeyMaterial.load(folder), anchors))
                .orElseGet(() -> TlsContexts.trusting(anchors));
        HttpClient.Builder client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(configuration.timeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        WebProxy.use(configuration.proxy(), client);
        return client.build();
    }

    /** What an OperationOutcome says, without what would move a terminal's cursor; nothing of any other body. */
    private static String diagnostics(String body) {
        try {
            String words = INVISIBLE
                    .matcher(JSON.readTree(body).at("/issue/0/diagnostics").asText())
                    .replaceAll(" ");
            return words.isEmpty() ? "" : " " + words.substring(0, Math.min(words.length(), MAX_WORDS));
        } catch (JsonProcessingException e) {
            return " (not JSON)";
        }
    }
}
