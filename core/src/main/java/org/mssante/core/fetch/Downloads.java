package org.mssante.core.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings large documents onto the disk. What was broken off is gone on with where the server says that the rest is of the same version
 * (RFC 9110 §13.1.5 and §14.2), else begun anew. Thread-safe for different files; blocks while it asks, and ends when interrupted.
 */
public final class Downloads {
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;
    private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_HOPS = 4;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:\\d{1,18}|\\*)");

    private final WebClient web;
    private final Limits limits;

    /**
     * @param whole from the first connection to the last octet, over all hops
     * @param silence after which a server that sends nothing is given up
     * @param maxBytes of a document
     * @param diskReserve octets that stay free on the disk
     * @param elsewhere hosts, in lower case, a document may be moved to, beside the one that was asked; under https alone
     */
    public record Limits(Duration whole, Duration silence, long maxBytes, long diskReserve, Set<String> elsewhere) {
        public Limits {
            elsewhere = Set.copyOf(elsewhere);
        }
    }

    public Downloads(WebClient web, Limits limits) {
        this.web = web;
        this.limits = limits;
    }

    /** One question, wherever it leads. */
    private final class Question {
        private final URI address;
        private final Answer.Version known;
        private final PartialFile part;
        private final AtomicLong lastSign = new AtomicLong();
        private final AtomicReference<Closeable> writing = new AtomicReference<>(() -> {});
        private final long end = System.nanoTime() + limits.whole().toNanos();

        Question(URI address, Answer.Version known, PartialFile part) {
            this.address = address;
            this.known = known;
            this.part = part;
        }

        Answer answer() throws IOException, InterruptedException {
            URI now = address;
            for (int hop = 0; hop <= MAX_HOPS; hop++) {
                HttpResponse<Void> response = ask(now);
                int status = response.statusCode();
                if (status == NOT_SATISFIABLE && part.start(address).isPresent()) {
                    // there is no rest of what stands
                    part.discard();
                } else if (ELSEWHERE.contains(status)) {
                    now = moved(now, response);
                } else {
                    return answer(response);
                }
            }
            throw new IOException("it is moved more than " + MAX_HOPS + " times");
        }

        private Answer answer(HttpResponse<Void> response) throws IOException {
            return switch (response.statusCode()) {
                case WebClient.OK, PARTIAL -> new Answer.Stored(part.version(address));
                case WebClient.NOT_MODIFIED -> new Answer.NotModified();
                default -> throw new IOException("it answered HTTP " + response.statusCode());
            };
        }

        private HttpResponse<Void> ask(URI now) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(now).GET();
            known.ask(request);
            Optional<PartialFile.Start> start = part.start(address);
            start.ifPresent(from ->
                    request.header("Range", "bytes=" + from.octets() + "-").header("If-Range", from.validator()));
            lastSign.set(System.nanoTime());
            CompletableFuture<HttpResponse<Void>> asked = web.begin(request, limits.whole(), head -> body(head, start));
            try {
                return await(asked);
            } finally {
                // nobody writes into the file any more once we are gone
                asked.cancel(true);
                writing.get().close();
            }
        }

        private HttpResponse.BodySubscriber<Void> body(
                HttpResponse.ResponseInfo head, Optional<PartialFile.Start> start) {
            try {
                long stands = 0;
                if (head.statusCode() == PARTIAL) {
                    stands = goOn(head, start);
                } else if (head.statusCode() == WebClient.OK) {
                    part.begin(address, Answer.Version.of(head.headers()));
                } else {
                    return HttpResponse.BodySubscribers.discarding();
                }
                FileBody.Room room = new FileBody.Room(part.path(), limits.maxBytes(), limits.diskReserve());
                OptionalLong announced = head.headers().firstValueAsLong("Content-Length");
                room.check(stands + announced.orElse(0), announced.orElse(0));
                FileBody body = new FileBody(room, () -> lastSign.set(System.nanoTime()));
                writing.set(body);
                return body;
            } catch (IOException e) {
                return new UnwantedBody(e);
            }
        }

        /** How much stands already, where the answer is its rest. */
        private long goOn(HttpResponse.ResponseInfo head, Optional<PartialFile.Start> start) throws IOException {
            Matcher range = CONTENT_RANGE.matcher(
                    head.headers().firstValue("Content-Range").orElse(""));
            long stands = start.map(PartialFile.Start::octets).orElse(0L);
            boolean sameVersion = head.headers()
                    .firstValue("ETag")
                    .equals(part.version(address).entityTag());
            if (stands == 0 || !sameVersion || !range.matches() || Long.parseLong(range.group(1)) != stands) {
                part.discard();
                throw new IOException("it sent another part than the one that is missing");
            }
            return stands;
        }

        private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> asked)
                throws IOException, InterruptedException {
            while (true) {
                long now = System.nanoTime();
                long left = Math.min(end, lastSign.get() + limits.silence().toNanos()) - now;
                try {
                    return asked.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    giveUpWhereDue(System.nanoTime());
                } catch (ExecutionException e) {
                    throw new IOException(WebClient.describe(e.getCause()), e);
                }
            }
        }

        private void giveUpWhereDue(long now) throws IOException {
            if (now - end >= 0) {
                throw new IOException("it was not through after " + limits.whole());
            }
            if (now - lastSign.get() >= limits.silence().toNanos()) {
                throw new IOException("it sent nothing for " + limits.silence());
            }
        }

        private URI moved(URI from, HttpResponse<Void> response) throws IOException {
            String location = response.headers().firstValue("Location").orElse("");
            URI to;
            try {
                to = from.resolve(location);
            } catch (IllegalArgumentException e) {
                throw new IOException("it is moved to what is no address", e);
            }
            String host = String.valueOf(to.getHost()).toLowerCase(Locale.ROOT);
            boolean sameScheme = from.getScheme().equalsIgnoreCase(to.getScheme());
            boolean allowed = host.equalsIgnoreCase(address.getHost())
                    || limits.elsewhere().contains(host);
            if (!allowed || !(sameScheme || "https".equalsIgnoreCase(to.getScheme()))) {
                throw new IOException("it is moved to " + to.getScheme() + "://" + host + ", which is not allowed");
            }
            return to;
        }
    }

    /**
     * GET, conditional on the version known, into {@code part}. After {@link Answer.Failed} what has come stays there for the next
     * question, beside a note of its version; after {@link Answer.Stored} the document is whole, and the caller takes the file away.
     */
    public Answer get(URI address, Answer.Version known, Path part) {
        try {
            return new Question(address, known, new PartialFile(part)).answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("the question was interrupted");
        } catch (IOException e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    /** Forgets what has come into {@code part}. */
    public void discard(Path part) throws IOException {
        new PartialFile(part).discard();
    }
}
