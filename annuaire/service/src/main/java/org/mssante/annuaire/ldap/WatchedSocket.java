package org.mssante.annuaire.ldap;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.mssante.core.outcome.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that knows since when it has been writing: a time-out of a socket ends reads alone. What it brings is watched, too,
 * unless it is TLS.
 */
final class WatchedSocket extends Socket {
    private static final Logger LOGGER = LoggerFactory.getLogger(WatchedSocket.class);
    private static final long NOT_WRITING = 0;
    private static final int HELD_OCTETS = 1 << 14;

    private final Consumer<WatchedSocket> closed;
    private final AtomicLong writingSince = new AtomicLong(NOT_WRITING);
    private volatile boolean inClear = true;
    private volatile boolean holding;

    /** @param closed is told once this is closed */
    WatchedSocket(Consumer<WatchedSocket> closed) {
        this.closed = closed;
    }

    boolean isWriting() {
        return writingSince.get() != NOT_WRITING;
    }

    /** True where the client has not read what was written for as long as it may be silent. */
    boolean isStuck() throws IOException {
        long since = writingSince.get();
        return since != NOT_WRITING && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(getSoTimeout());
    }

    /** From now on what it brings is TLS, and the messages are in it. */
    void carryTls() {
        inClear = false;
    }

    /** Whether what is written next may wait for more of it: until something comes that may not, a buffer is full or this is closed. */
    void hold(boolean waits) {
        holding = waits;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream input = super.getInputStream();
        return inClear ? shallow(input, getInetAddress()) : input;
    }

    /** Messages of a client, see {@link ShallowInput}. */
    static ShallowInput shallow(InputStream messages, InetAddress client) {
        return new ShallowInput(
                messages,
                why -> LOGGER.warn(
                        "{} {} ({}, from {})",
                        Outcome.DIRECTORY_REQUEST_MALFORMED.code(),
                        Outcome.DIRECTORY_REQUEST_MALFORMED.english(),
                        why,
                        client.getHostAddress()));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        closed.accept(this);
    }

    private final class Output extends FilterOutputStream {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public synchronized void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] octets, int from, int count) throws IOException {
            if (!holding && held.size() == 0) {
                send(octets, from, count);
                return;
            }
            held.write(octets, from, count);
            if (!holding || held.size() >= HELD_OCTETS) {
                byte[] together = held.toByteArray();
                held.reset();
                send(together, 0, together.length);
            }
        }

        private void send(byte[] octets, int from, int count) throws IOException {
            // never the one number that stands for not writing
            writingSince.set(System.nanoTime() | 1);
            try {
                out.write(octets, from, count);
            } finally {
                writingSince.set(NOT_WRITING);
            }
        }
    }
}
