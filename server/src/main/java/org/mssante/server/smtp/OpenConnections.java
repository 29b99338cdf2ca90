package org.mssante.server.smtp;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of one port. Whoever has neither logged in nor been known as a listed operator is a stranger, under TLS
 * too: when all places are taken the stranger who has been there for longest makes room, so that connections that are only
 * there keep nobody out. Thread-safe.
 */
final class OpenConnections {
    private final int limit;
    private final int ofOneAddress;
    private final Map<Channel, InetAddress> all = new HashMap<>();
    private final Map<InetAddress, Integer> addresses = new HashMap<>();
    private final Set<Channel> strangers = new LinkedHashSet<>();

    /** @param ofOneAddress places that one address has at most */
    OpenConnections(int limit, int ofOneAddress) {
        this.limit = limit;
        this.ofOneAddress = ofOneAddress;
    }

    /** Whether a connection has a place. */
    sealed interface Admission {
        /** @param leaving whose place it was */
        record Granted(Optional<Channel> leaving) implements Admission {}

        record Denied(String why) implements Admission {}
    }

    /** Lets a connection in, but not where every place is taken by somebody who is no stranger. */
    synchronized Admission admit(Channel connection) {
        InetAddress address = ((InetSocketAddress) connection.remoteAddress()).getAddress();
        if (addresses.getOrDefault(address, 0) >= ofOneAddress) {
            return new Admission.Denied("its address has " + ofOneAddress + " connections");
        }
        Optional<Channel> leaving = Optional.empty();
        if (all.size() >= limit) {
            leaving = longest();
            if (leaving.isEmpty()) {
                return new Admission.Denied("every place is taken by somebody known");
            }
            forget(leaving.get());
        }
        all.put(connection, address);
        addresses.merge(address, 1, Integer::sum);
        strangers.add(connection);
        return new Admission.Granted(leaving);
    }

    /** It has logged in, or is a listed operator. */
    synchronized void isKnown(Channel connection) {
        strangers.remove(connection);
    }

    synchronized void forget(Channel connection) {
        InetAddress address = all.remove(connection);
        if (address != null) {
            addresses.computeIfPresent(address, (known, count) -> count > 1 ? count - 1 : null);
        }
        strangers.remove(connection);
    }

    private Optional<Channel> longest() {
        Iterator<Channel> waiting = strangers.iterator();
        return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
    }
}
