package org.mssante.core.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a control socket: HTTP/1.1, one request a connection, e.g.
 * {@code curl --unix-socket run/server/control/socket http://server/health}. A caller that is slow, talkative or one too
 * many is cut off.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ControlServer.class);

    private final ControlAddress place;
    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel listening;
    private final ControlSettings settings;
    private final ControlRoutes routes;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService deadlines;

    private ControlServer(
            ControlAddress place,
            UnixDomainSocketAddress address,
            ServerSocketChannel listening,
            ControlSettings settings,
            ControlRoutes routes) {
        this.place = place;
        this.address = address;
        this.listening = listening;
        this.settings = settings;
        this.routes = routes;
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "control");
            thread.setDaemon(true);
            return thread;
        };
        this.workers = new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.workers()),
                threads);
        workers.allowCoreThreadTimeOut(true);
        this.deadlines = Executors.newSingleThreadScheduledExecutor(threads);
        threads.newThread(this::accept).start();
    }

    /**
     * Listens once it returns.
     *
     * @throws StartupFailure where the socket cannot be made
     */
    public static ControlServer start(ControlAddress place, ControlSettings settings, ControlRoutes routes) {
        UnixDomainSocketAddress address = place.prepare();
        try {
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(address);
            ControlAddress.protect(address);
            return new ControlServer(place, address, listening, settings, routes);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The control socket " + address + " cannot be made (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
    }

    /** Takes no more requests; those at work end by themselves. */
    @Override
    public void close() {
        workers.shutdown();
        deadlines.shutdown();
        try {
            listening.close();
            place.remove(address);
        } catch (IOException e) {
            LOGGER.warn("the control socket {} is left over: {}", address, e.getMessage());
        }
    }

    /** The outermost loop. */
    private void accept() {
        while (listening.isOpen()) {
            try {
                dispatch(listening.accept());
            } catch (ClosedChannelException e) {
                LOGGER.debug("the control socket is closed", e);
            } catch (IOException e) {
                LOGGER.warn("a caller of the control socket was lost: {}", e.getMessage());
            }
        }
    }

    private void dispatch(SocketChannel caller) throws IOException {
        try {
            workers.execute(() -> serve(caller));
        } catch (RejectedExecutionException e) {
            LOGGER.warn("the control socket is busy: a caller was turned away");
            caller.close();
        }
    }

    private void serve(SocketChannel caller) {
        try (caller;
                InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(caller))) {
            String user =
                    caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            ControlAnswer answer = answer(caller, in, user);
            ScheduledFuture<?> deadline = cutOff(caller, settings.answerTime());
            write(answer, out);
            deadline.cancel(false);
        } catch (IOException e) { // whoever asked has gone, or said nothing
            LOGGER.info("a caller of the control socket got no whole answer: {}", FailureTrail.classes(e));
        } catch (RuntimeException e) {
            LOGGER.warn("a caller of the control socket got no whole answer: {}", FailureTrail.of(e));
        }
    }

    private ControlAnswer answer(SocketChannel caller, InputStream in, String user) throws IOException {
        ScheduledFuture<?> deadline = cutOff(caller, settings.requestTime());
        ControlRequest request;
        try {
            request = new RequestReader(settings.requestOctets()).read(in, user);
        } catch (RequestReader.WrongRequestException e) {
            return ControlAnswer.refused(ControlAnswer.WRONG, e.getMessage());
        } finally {
            deadline.cancel(false);
        }
        try {
            return routes.answer(request);
        } catch (RuntimeException e) {
            LOGGER.error("{} {} failed: {}", request.method(), request.path(), FailureTrail.of(e));
            return ControlAnswer.refused(
                    ControlAnswer.FAILED, "The service could not do it because of " + e + ": its log has the details.");
        }
    }

    private static void write(ControlAnswer answer, OutputStream out) throws IOException {
        String head = "HTTP/1.1 " + answer.status() + " \r\nContent-Type: " + answer.contentType()
                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        ChunkedOutput body = new ChunkedOutput(out);
        answer.body().write(body);
        body.finish();
    }

    private ScheduledFuture<?> cutOff(SocketChannel caller, Duration after) {
        return deadlines.schedule(
                () -> {
                    LOGGER.warn("a caller of the control socket was too slow");
                    close(caller);
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void close(SocketChannel caller) {
        try {
            caller.close();
        } catch (IOException e) {
            LOGGER.warn("a caller of the control socket could not be cut off: {}", e.getMessage());
        }
    }
}
