package org.mssante.server.imap.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.stream.ChunkedStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.imap.message.Literal;
import org.mssante.server.pace.Pace;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * All that is said to a client, and how much of it waits until the client reads: above {@value #MUCH} octets its commands
 * and what they read pause, until {@value #LITTLE} are left. Counts from the moment of saying, which what Netty knows of a
 * channel does not, since commands run on other threads and literals are streamed. Thread-safe.
 */
final class Outflow implements Pace {
    static final int MUCH = 64 * 1024;
    static final int LITTLE = MUCH / 2;

    private final Channel channel;
    private long waiting;
    private Optional<Sinks.Empty<Void>> pause = Optional.empty();
    private boolean over;

    Outflow(Channel channel) {
        this.channel = channel;
    }

    void say(String line) {
        say(line.getBytes(StandardCharsets.US_ASCII));
    }

    void say(byte[] octets) {
        if (channel.isActive()) {
            write(Unpooled.wrappedBuffer(octets), octets.length);
        }
    }

    void say(Literal literal) throws IOException {
        if (channel.isActive()) {
            write(new ChunkedStream(literal.getInputStream()), literal.size());
        }
    }

    @Override
    public synchronized Optional<Mono<Void>> pause() {
        return pause.map(Sinks.Empty::asMono);
    }

    /** The connection has ended: nothing will leave any more, and nobody is to wait for it. */
    void end() {
        Optional<Sinks.Empty<Void>> ended;
        synchronized (this) {
            over = true;
            ended = pause;
            pause = Optional.empty();
        }
        ended.ifPresent(Sinks.Empty::tryEmitEmpty);
    }

    private void write(Object response, long octets) {
        add(octets);
        channel.writeAndFlush(response).addListener(written -> subtract(octets));
    }

    private synchronized void add(long octets) {
        waiting += octets;
        if (waiting > MUCH && pause.isEmpty() && !over) {
            pause = Optional.of(Sinks.empty());
        }
    }

    private void subtract(long octets) {
        Optional<Sinks.Empty<Void>> ended = Optional.empty();
        synchronized (this) {
            waiting -= octets;
            if (waiting <= LITTLE) {
                ended = pause;
                pause = Optional.empty();
            }
        }
        ended.ifPresent(Sinks.Empty::tryEmitEmpty);
    }
}
