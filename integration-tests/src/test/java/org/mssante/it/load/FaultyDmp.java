package org.mssante.it.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.awaitility.Awaitility;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;

/**
 * Stands between the bridge and the DMP store of an instance, by mutual TLS on both sides, and makes of the store what a
 * remote DMP is on a bad day: slow, out of order, or silent after it has done what it was asked. What it passes on is not
 * changed.
 */
public final class FaultyDmp implements AutoCloseable {
    private static final String ANSWER_TYPE = "application/soap+xml; charset=utf-8";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final int FAILED = 500;
    /** Of a hundred requests: so many meet each fault, the others none. */
    private static final int SHARE = 3;

    private static final Duration SLOWEST = Duration.ofSeconds(1);

    /** What may happen to one request. */
    public enum Fault {
        NONE,
        /** Answered, but not at once. */
        SLOW,
        /** HTTP 500 of something in front; the DMP has heard nothing. */
        FAILED_BEFORE,
        /** HTTP 500 after the DMP did it. */
        FAILED_AFTER,
        /** The repository did its part, the registry says that it cannot: IHE's error for a submission half done. */
        FAILED_PARTLY,
        /** Done, and the answer comes later than the client waits. */
        TOO_LATE,
        /** Done, and the connection ends without an answer. */
        CUT_AFTER,
        /** Done, and the connection ends in the middle of the answer. */
        CUT_WITHIN
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client;
    private final Endpoint store;
    private final Duration patience;
    private final Random random;
    private final long badDay;
    private final Map<Fault, Integer> met = new TreeMap<>();

    private FaultyDmp(
            HttpsServer server, HttpClient client, Endpoint store, Duration patience, Random random, long badDay) {
        this.server = server;
        this.client = client;
        this.store = store;
        this.patience = patience;
        this.random = random;
        this.badDay = badDay;
    }

    /**
     * Tells the bridge of an instance that has its certificates and is not up yet to come here, and listens at once.
     *
     * @param patience of the bridge with an answer
     * @param badDay after so many requests the DMP is well again: else some document always meets one fault more
     */
    public static FaultyDmp before(TestInstance instance, Duration patience, Random random, long badDay)
            throws IOException {
        Endpoint store = instance.endpoint(ServicePort.SOAP);
        int port = store.port() + 1;
        instance.set(
                        ServiceKind.BRIDGE,
                        "dmp.port",
                        Integer.toString(port - instance.instance().portOffset()))
                .set(ServiceKind.BRIDGE, "dmp.answer-timeout", patience.toString());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(store.host(), port), 0);
        server.setHttpsConfigurator(new ClientsByCertificate(context(instance, "dmp-store")));
        HttpClient client =
                HttpClient.newBuilder().sslContext(context(instance, "bridge")).build();
        FaultyDmp dmp = new FaultyDmp(server, client, store, patience, random, badDay);
        server.createContext("/", dmp::answer);
        server.setExecutor(dmp.threads);
        server.start();
        return dmp;
    }

    private static SSLContext context(TestInstance instance, String identity) {
        return TlsContexts.mutual(
                instance.instance().identity(identity), instance.instance().anchors());
    }

    /** How often each fault was met. */
    public synchronized Map<Fault, Integer> met() {
        return new TreeMap<>(met);
    }

    /** Waits until the DMP has been asked some more than by now. */
    public void awaitRequests(int requests) {
        long goal = requests() + requests;
        Awaitility.await("the bridge asks the DMP")
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> requests() >= goal);
    }

    private synchronized long requests() {
        return met.values().stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized Fault draw() {
        int drawn = random.nextInt(100) / SHARE + 1;
        Fault fault = requests() >= badDay || drawn >= Fault.values().length ? Fault.NONE : Fault.values()[drawn];
        met.merge(fault, 1, Integer::sum);
        return fault;
    }

    private synchronized Duration slowness() {
        return Duration.ofMillis(random.nextInt((int) SLOWEST.toMillis()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Fault fault = draw();
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (fault == Fault.FAILED_BEFORE) {
                send(exchange, FAILED, "text/plain", "no".getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (fault == Fault.SLOW) {
                LockSupport.parkNanos(slowness().toNanos());
            }
            HttpResponse<byte[]> answer = ask(exchange, request);
            if (fault == Fault.TOO_LATE) {
                LockSupport.parkNanos(patience.plus(SLOWEST).toNanos());
            }
            pass(exchange, fault, answer);
        }
    }

    private static void pass(HttpExchange exchange, Fault fault, HttpResponse<byte[]> answer) throws IOException {
        String type = answer.headers().firstValue(CONTENT_TYPE).orElse(ANSWER_TYPE);
        switch (fault) {
            case FAILED_AFTER -> send(exchange, FAILED, "text/plain", "no".getBytes(StandardCharsets.UTF_8));
            case FAILED_PARTLY -> send(exchange, answer.statusCode(), ANSWER_TYPE, registryError());
            case CUT_AFTER -> exchange.getResponseHeaders().clear();
            case CUT_WITHIN -> {
                exchange.getResponseHeaders().set(CONTENT_TYPE, type);
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                OutputStream body = exchange.getResponseBody();
                body.write(Arrays.copyOf(answer.body(), answer.body().length / 2));
                body.flush();
            }
            default -> send(exchange, answer.statusCode(), type, answer.body());
        }
    }

    /** Where the store does not answer, neither does what stands before it: the connection ends. */
    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + store + exchange.getRequestURI()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().getOrDefault(CONTENT_TYPE, List.of()).stream()
                .findFirst()
                .ifPresent(type -> request.header(CONTENT_TYPE, type));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the test ends", e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set(CONTENT_TYPE, type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** ITI TF-3 §4.2.4: a registry that cannot be reached by its repository. */
    private static byte[] registryError() {
        return """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>
                <rs:RegistryResponse xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
                    status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure">
                <rs:RegistryErrorList><rs:RegistryError errorCode="XDSRegistryNotAvailable" codeContext="later"
                    severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"/></rs:RegistryErrorList>
                </rs:RegistryResponse></s:Body></s:Envelope>
                """.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return met().entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Asks every client for its certificate, as the store does. */
    private static final class ClientsByCertificate extends HttpsConfigurator {
        ClientsByCertificate(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
        }
    }
}
