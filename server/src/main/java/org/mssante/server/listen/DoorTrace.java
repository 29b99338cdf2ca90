package org.mssante.server.listen;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * The lines about connections that come no further than the door. Who opens connection after connection must not fill the
 * trace with it: a second has so many lines, and the next line says how many there were none for. Thread-safe.
 */
public final class DoorTrace {
    private static final int LINES_A_SECOND = 20;

    private final String protocol;
    private final Trace trace;
    private final Clock clock;
    private long second;
    private int lines;
    private int untold;

    /** @param protocol as the trace names it, before the port */
    public DoorTrace(String protocol, Trace trace, Clock clock) {
        this.protocol = protocol;
        this.trace = trace;
        this.clock = clock;
    }

    /** The peer gets an alert that says little: why it comes no further is for its operator to hear from ours. */
    public void handshakeFailed(Channel connection, Throwable cause) {
        record(line(Event.TLS_FAILED, connection)
                .with(Field.DETAIL, cause.getClass().getSimpleName() + " " + cause.getMessage()));
    }

    public void ended(Channel connection, Outcome outcome, String detail) {
        record(line(Event.COMMAND_REFUSED, connection).outcome(outcome).with(Field.DETAIL, detail));
    }

    private synchronized void record(TraceEntry line) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            lines = 0;
        }
        if (lines == LINES_A_SECOND) {
            untold++;
            return;
        }
        lines++;
        trace.record(untold == 0 ? line : line.with(Field.COUNT, untold));
        untold = 0;
    }

    private TraceEntry line(Event event, Channel connection) {
        return TraceEntry.of(event)
                .with(Field.PROTOCOL, protocol + " " + ((InetSocketAddress) connection.localAddress()).getPort())
                .with(
                        Field.PEER,
                        ((InetSocketAddress) connection.remoteAddress())
                                .getAddress()
                                .getHostAddress());
    }
}
