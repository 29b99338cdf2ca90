package org.mssante.core.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.mssante.core.tls.TlsContexts;

/**
 * Asks web servers for documents. A whole exchange is bounded in time and in size; redirects are not followed, so that
 * nobody is sent elsewhere than the operator or an authority wrote. TLS trusts the given anchors alone, and the host name
 * counts. Thread-safe; blocks while it asks.
 */
public final class WebClient {
    static final int OK = 200;
    static final int NOT_MODIFIED = 304;

    private final Supplier<List<X509Certificate>> anchors;
    private final Optional<WebProxy> proxy;
    private final Limits limits;
    private Trusting current;

    /** A client, and whom it trusts. */
    private record Trusting(List<X509Certificate> anchors, HttpClient client) {}

    /**
     * @param wholeExchange from the connection to the last octet
     * @param maxBytes of a document
     */
    public record Limits(Duration connect, Duration wholeExchange, int maxBytes) {}

    /**
     * @param anchors of the hosts asked by HTTPS, asked at each question, so that new ones count at once
     * @param proxy asked instead of the host; empty to connect directly
     */
    public WebClient(Supplier<List<X509Certificate>> anchors, Optional<WebProxy> proxy, Limits limits) {
        this.anchors = anchors;
        this.proxy = proxy;
        this.limits = limits;
        this.current = trusting(anchors.get());
    }

    private Trusting trusting(List<X509Certificate> whom) {
        SSLParameters tls = new SSLParameters(
                TlsContexts.CIPHER_SUITES.toArray(String[]::new), TlsContexts.PROTOCOLS.toArray(String[]::new));
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslContext(TlsContexts.trusting(whom))
                .sslParameters(tls);
        WebProxy.use(proxy, builder);
        return new Trusting(whom, builder.build());
    }

    private synchronized HttpClient client() {
        List<X509Certificate> now = anchors.get();
        if (!now.equals(current.anchors())) {
            current = trusting(now);
        }
        return current.client();
    }

    /** GET, conditional on the version known. */
    public Answer get(URI uri, Answer.Version known) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        known.ask(request);
        return send(request);
    }

    /** GET with header fields of the caller's. */
    public Answer get(URI uri, Map<String, String> fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        fields.forEach(request::header);
        return send(request);
    }

    /** POST of a question, e.g. to an OCSP responder (RFC 6960 appendix A). */
    public Answer post(URI uri, String contentType, byte[] question) {
        return send(posting(uri, contentType, question));
    }

    /** POST of a question by somebody: {@code credentials} are the value of the Authorization field (RFC 9110 §11.6.2). */
    public Answer post(URI uri, String contentType, byte[] question, String credentials) {
        return send(posting(uri, contentType, question).header("Authorization", credentials));
    }

    private static HttpRequest.Builder posting(URI uri, String contentType, byte[] question) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(question));
    }

    private Answer send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> asked =
                begin(request, limits.wholeExchange(), head -> new BoundedBody(limits.maxBytes()));
        try {
            return answer(asked.get(limits.wholeExchange().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Answer.Failed(describe(e.getCause()));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return new Answer.Failed("it did not answer in " + limits.wholeExchange());
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Failed("the question was interrupted");
        }
    }

    /** Asks, and waits for nothing. */
    <T> CompletableFuture<HttpResponse<T>> begin(
            HttpRequest.Builder request, Duration wholeExchange, HttpResponse.BodyHandler<T> body) {
        proxy.ifPresent(between -> between.introduce(request));
        return client().sendAsync(request.timeout(wholeExchange).build(), body);
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case OK -> new Answer.Document(response.body(), Answer.Version.of(response.headers()));
            case NOT_MODIFIED -> new Answer.NotModified();
            default ->
                new Answer.Failed("it answered HTTP " + response.statusCode(), OptionalInt.of(response.statusCode()));
        };
    }

    static String describe(Throwable failure) {
        return failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }
}
