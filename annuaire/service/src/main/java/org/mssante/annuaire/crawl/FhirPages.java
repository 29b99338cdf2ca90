package org.mssante.annuaire.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.WebClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API for one page after the other (FHIR R4 §3.1.1.3). A link to the next page counts where it leads to the server that was
 * asked, and nowhere else: our key goes with it. Not thread-safe; blocks, and ends when interrupted.
 */
final class FhirPages {
    private static final Logger LOGGER = LoggerFactory.getLogger(FhirPages.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> NOT_US = Set.of(401, 403);
    private static final Set<Integer> NOT_THAT = Set.of(400, 404, 410);
    private static final Map<String, Integer> USUAL_PORTS = Map.of("https", 443, "http", 80);

    private final FhirApi api;
    private final WebClient web;

    FhirPages(FhirApi api, WebClient web) {
        this.api = api;
        this.web = web;
    }

    /** The first page of all resources of a kind. */
    URI all(Kind kind) {
        return URI.create(api.base() + "/" + kind.resource() + "?_count=" + api.page() + "&_total=accurate");
    }

    /** The first page of those that have changed since. */
    URI changed(Kind kind, Instant since) {
        return URI.create(api.base() + "/" + kind.resource() + "?_count=" + api.page() + "&_lastUpdated=ge"
                + since.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * One page.
     *
     * @throws LostPlaceException where the server refuses this address
     * @throws KeyRefusedException where it refuses us
     */
    Page get(URI address, Kind kind) throws IOException {
        Map<String, String> fields = Map.of("Accept", "application/fhir+json", "ESANTE-API-KEY", key());
        Iterator<Duration> retries = api.retries().iterator();
        while (true) {
            pass(api.pause());
            Answer answer = web.get(address, fields);
            if (answer instanceof Answer.Document document) {
                return page(document.bytes(), address, kind);
            }
            Answer.Failed failed = answer instanceof Answer.Failed failure
                    ? failure
                    : new Answer.Failed("it answered no page", OptionalInt.empty());
            refuse(failed);
            if (!retries.hasNext()) {
                throw new IOException(failed.why());
            }
            Duration wait = retries.next();
            LOGGER.warn("a page of {} did not come ({}), it is asked for again in {}", kind, failed.why(), wait);
            pass(wait);
        }
    }

    private String key() throws KeyRefusedException {
        try {
            return Files.readString(api.key(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new KeyRefusedException("there is no key: " + api.key() + " cannot be read", e);
        }
    }

    /** What no second question makes better. */
    private static void refuse(Answer.Failed failed) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(failed.why());
        }
        int status = failed.status().orElse(0);
        if (NOT_US.contains(status)) {
            throw new KeyRefusedException(failed.why());
        }
        if (NOT_THAT.contains(status)) {
            throw new LostPlaceException(failed.why());
        }
    }

    private static void pass(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        }
    }

    private Page page(byte[] document, URI address, Kind kind) throws IOException {
        JsonNode bundle = JSON.readTree(document);
        if (!"Bundle".equals(bundle.path("resourceType").asText())) {
            throw new IOException("it sent no Bundle of " + kind.resource());
        }
        List<JsonNode> resources = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (kind.resource().equals(resource.path("resourceType").asText())) {
                resources.add(resource);
            }
        }
        JsonNode total = bundle.path("total");
        return new Page(
                resources,
                next(bundle, address),
                total.isIntegralNumber() ? OptionalLong.of(total.asLong()) : OptionalLong.empty(),
                document.length);
    }

    private Optional<URI> next(JsonNode bundle, URI address) throws IOException {
        for (JsonNode link : bundle.path("link")) {
            if ("next".equals(link.path("relation").asText())) {
                return Optional.of(held(link.path("url").asText(), address));
            }
        }
        return Optional.empty();
    }

    private URI held(String link, URI address) throws IOException {
        URI next;
        try {
            next = address.resolve(link);
        } catch (IllegalArgumentException e) {
            throw new IOException("its link to the next page is no address", e);
        }
        if (!origin(next).equals(origin(api.base()))) {
            throw new IOException(
                    "its link to the next page leads to " + origin(next) + ", not to " + origin(api.base()));
        }
        if (next.equals(address)) {
            throw new IOException("its link to the next page leads to the page itself");
        }
        return next;
    }

    /** RFC 6454 §4. */
    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() < 0 ? USUAL_PORTS.getOrDefault(scheme, 0) : address.getPort();
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
