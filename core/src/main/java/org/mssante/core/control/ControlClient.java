package org.mssante.core.control;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks with the control socket of a service on this machine. Thread-safe; each call is a connection of its own. */
public final class ControlClient {
    private static final Logger LOGGER = LoggerFactory.getLogger(ControlClient.class);

    private final ControlAddress address;
    private final Duration patience;

    /** @param patience after which a call is given up, whatever came of its answer */
    public ControlClient(ControlAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /**
     * An answer as it comes; close it.
     *
     * @param body fails at its end where the service did not send it whole
     */
    public record Reply(int status, InputStream body) implements AutoCloseable {
        public boolean isOk() {
            return status == ControlAnswer.OK;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** Looks. */
    public Reply get(List<String> path, Map<String, String> values) throws IOException {
        return call("GET", path, values);
    }

    /** Acts. */
    public Reply post(List<String> path, Map<String, String> values) throws IOException {
        return call("POST", path, values);
    }

    /**
     * What a person is told whose call failed.
     *
     * @param whom of the services, e.g. {@code the bridge}
     */
    public static String sentence(IOException failure, String whom) {
        if (failure instanceof AccessDeniedException denied) {
            return "Only the owner of " + denied.getFile() + " may speak with " + whom
                    + ": run the command as the user the services run as.";
        }
        String fault = failure instanceof EOFException
                ? " broke off before it had answered"
                : " does not answer on its control socket (" + failure + ")";
        return Character.toUpperCase(whom.charAt(0)) + whom.substring(1) + fault
                + ": ./mssante status shows whether it runs.";
    }

    /** @throws IOException where nobody listens, or whoever does may not be spoken to */
    private Reply call(String method, List<String> path, Map<String, String> values) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        // a service that was stopped takes a connection and says nothing
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> giveUp(channel));
        try {
            channel.connect(address.find());
            OutputStream out = Channels.newOutputStream(channel);
            out.write((method + " " + target(path, values) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return reply(new BufferedInputStream(Channels.newInputStream(channel)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Without effect where the call has ended. */
    private static void giveUp(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.warn("a call that took too long could not be given up: {}", e.getMessage());
        }
    }

    private static Reply reply(InputStream in) throws IOException {
        String[] words = HttpLine.read(in).split(" ", -1);
        if (words.length < 2 || !words[1].matches("[0-9]{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        while (!HttpLine.read(in).isEmpty()) {
            // our own server's headers are always the same
        }
        return new Reply(Integer.parseInt(words[1]), new ChunkedInput(in));
    }

    private static String target(List<String> path, Map<String, String> values) {
        String query = values.entrySet().stream()
                .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
        String joined = path.stream().map(ControlClient::encoded).collect(Collectors.joining("/", "/", ""));
        return query.isEmpty() ? joined : joined + "?" + query;
    }

    /** A blank as %20, which means the same in a path and in a query. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
