package org.mssante.annuaire.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/**
 * The national API as annuaire.md §4 describes it, on loopback: pages in the order of the identifiers, of the moment the search
 * began, behind links that mean nothing to anybody else; and what may go wrong with it.
 */
public final class NationalApi implements AutoCloseable {
    public static final String KEY = "the-key";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SINCE = Pattern.compile("_lastUpdated=ge([^&]+)");
    private static final Pattern COUNT = Pattern.compile("_count=(\\d+)");

    private final HttpsServer server;
    private final Map<String, Stored> resources = new TreeMap<>();
    private final Map<String, Remaining> places = new ConcurrentHashMap<>();
    private final AtomicInteger lastPlace = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Integer> refusals = new ArrayList<>();
    private volatile int largestPage = Integer.MAX_VALUE;
    private volatile int unannounced;
    private volatile Optional<String> elsewhere = Optional.empty();
    private volatile Runnable beforeAnswer = () -> {};

    private record Stored(JsonNode resource, Instant updated) {}

    private record Remaining(List<JsonNode> resources, int count) {}

    public NationalApi(KeyMaterial identity) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.mutual(identity, identity.chain())));
        server.createContext("/fhir/v2", this::answer);
        server.start();
    }

    public URI base() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/fhir/v2");
    }

    /** Puts a resource, changed at that moment. */
    public synchronized void put(Instant updated, String json) {
        try {
            JsonNode resource = JSON.readTree(json.replace('\'', '"'));
            resources.put(name(resource), new Stored(resource, updated));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a resource away without a word. */
    public synchronized void lose(String type, String id) {
        resources.remove(type + "/" + id);
    }

    /** Pages hold so many at most from now on, whatever is asked for. */
    public void largestPage(int most) {
        largestPage = most;
    }

    /** The next questions are answered by these. */
    public synchronized void refuse(Integer... statuses) {
        refusals.addAll(List.of(statuses));
    }

    /** No link that was given leads anywhere any more. */
    public void forgetPlaces() {
        places.clear();
    }

    /** Links lead to another server from now on. */
    public void leadTo(String origin) {
        elsewhere = Optional.of(origin);
    }

    /** Says that it has more than it sends. */
    public void announceMore(int more) {
        unannounced = more;
    }

    /** Is done before each answer from now on. */
    public void before(Runnable what) {
        beforeAnswer = what;
    }

    /** Each question with its answer's status, e.g. {@code Practitioner?_count=50 200}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void forgetQuestions() {
        asked.clear();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            beforeAnswer.run();
            String path = exchange.getRequestURI().getPath().substring("/fhir/v2/".length());
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            boolean known = KEY.equals(exchange.getRequestHeaders().getFirst("ESANTE-API-KEY"));
            int status = known ? refusals.isEmpty() ? 200 : refusals.remove(0) : 401;
            Optional<ObjectNode> bundle = status == 200 ? bundle(path, query) : Optional.empty();
            status = status == 200 && bundle.isEmpty() ? 410 : status;
            asked.add((path.equals("_page") ? path : path + "?" + query) + " " + status);
            byte[] body = bundle.map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Optional<ObjectNode> bundle(String path, String query) {
        if (path.equals("_page")) {
            return Optional.ofNullable(places.get(query.substring("id=".length())))
                    .map(place -> page(place.resources(), place.count()));
        }
        Matcher since = SINCE.matcher(query);
        Instant from = since.find() ? Instant.parse(since.group(1)) : Instant.MIN;
        List<JsonNode> found = resources.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(path + "/"))
                .map(Map.Entry::getValue)
                .filter(stored -> !stored.updated().isBefore(from))
                .map(Stored::resource)
                .toList();
        Matcher count = COUNT.matcher(query);
        ObjectNode first = page(found, Math.min(count.find() ? Integer.parseInt(count.group(1)) : 50, largestPage));
        return Optional.of(first.put("total", found.size() + unannounced));
    }

    private ObjectNode page(List<JsonNode> found, int count) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "searchset");
        ArrayNode entries = bundle.putArray("entry");
        Stream.concat(Stream.of(outcome()), found.stream().limit(count))
                .forEach(resource -> entries.addObject().set("resource", resource));
        ArrayNode links = bundle.putArray("link");
        links.addObject().put("relation", "self").put("url", base() + "/self");
        if (found.size() > count) {
            String place = String.valueOf(lastPlace.incrementAndGet());
            places.put(place, new Remaining(found.subList(count, found.size()), count));
            links.addObject()
                    .put("relation", "next")
                    .put("url", elsewhere.orElse(base().toString()) + "/_page?id=" + place);
        }
        return bundle;
    }

    /** Servers may add one to what was found (FHIR R4 §3.1.1.2.2). */
    private static JsonNode outcome() {
        return JSON.createObjectNode().put("resourceType", "OperationOutcome");
    }

    private static String name(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
