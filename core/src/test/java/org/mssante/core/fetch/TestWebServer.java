package org.mssante.core.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/** A web server on loopback that serves what a test puts there, with entity tags, and counts what it was asked. */
public final class TestWebServer implements AutoCloseable {
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> responders = new ConcurrentHashMap<>();
    private final Map<String, String> moved = new ConcurrentHashMap<>();
    private final Map<String, Integer> cuts = new ConcurrentHashMap<>();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    private TestWebServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static TestWebServer http() {
        try {
            return new TestWebServer(HttpServer.create(here(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestWebServer https(KeyMaterial identity) {
        try {
            HttpsServer server = HttpsServer.create(here(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.mutual(identity, identity.chain())));
            return new TestWebServer(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address(String path) {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
    }

    public void put(String path, byte[] document) {
        documents.put(path, document);
    }

    /** Answers a POST with what the question becomes. */
    public void answer(String path, UnaryOperator<byte[]> responder) {
        responders.put(path, responder);
    }

    /** The document is elsewhere from now on. */
    public void move(String path, String location) {
        moved.put(path, location);
    }

    /** The next answer breaks off after so many octets. */
    public void cutAfter(String path, int octets) {
        cuts.put(path, octets);
    }

    /** The next answer, cut off or not, falls silent where it would end, and the line stays open. */
    public void getStuck(String path) {
        stuck.add(path);
    }

    /** From now on every question is answered 503. */
    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    /** Each question with its answer's status, e.g. {@code GET /list.xml 304}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] question = exchange.getRequestBody().readAllBytes();
            byte[] body = responders.containsKey(path)
                    ? responders.get(path).apply(question)
                    : documents.getOrDefault(path, new byte[0]);
            String tag = "\"" + Arrays.hashCode(body) + "\"";
            exchange.getResponseHeaders().set("ETag", tag);
            int from = start(exchange, tag);
            int status = 200;
            if (down) {
                status = 503;
            } else if (moved.containsKey(path)) {
                status = 302;
                exchange.getResponseHeaders().set("Location", moved.get(path));
            } else if (body.length == 0) {
                status = 404;
            } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                status = 304;
            } else if (from >= body.length) {
                status = 416;
            } else if (from > 0) {
                status = 206;
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
            }
            asked.add(exchange.getRequestMethod() + " " + path + " " + status);
            boolean hasBody = status == 200 || status == 206;
            exchange.sendResponseHeaders(status, hasBody ? body.length - from : -1);
            if (hasBody) {
                int octets = Optional.ofNullable(cuts.remove(path)).orElse(body.length - from);
                exchange.getResponseBody().write(body, from, octets);
                if (stuck.remove(path)) {
                    exchange.getResponseBody().flush();
                    awaitClose();
                }
            }
        }
    }

    private static int start(HttpExchange exchange, String tag) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        return range != null && same ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
    }

    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
