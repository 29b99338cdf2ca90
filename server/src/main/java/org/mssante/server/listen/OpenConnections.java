package org.mssante.server.listen;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.lockout.ClientNetwork;

/**
 * The connections of one port. Whoever has neither logged in nor been known as a listed operator is a stranger, under TLS
 * too: when all places are taken the stranger who has been there for longest makes room, so that connections that are only
 * there keep nobody out. Thread-safe.
 */
public final class OpenConnections {
    private final int limit;
    private final int ofOneAddress;
    private final Map<PlaceGuard, ClientNetwork> all = new HashMap<>();
    private final Map<ClientNetwork, Integer> networks = new HashMap<>();
    private final Set<PlaceGuard> strangers = new LinkedHashSet<>();

    /** @param ofOneAddress places that one address of IPv4 has at most, or one network of IPv6 */
    public OpenConnections(int limit, int ofOneAddress) {
        this.limit = limit;
        this.ofOneAddress = ofOneAddress;
    }

    /** Whether a connection has a place. */
    sealed interface Admission {
        /** @param leaving whose place it was */
        record Granted(Optional<PlaceGuard> leaving) implements Admission {}

        record Denied(String why) implements Admission {}
    }

    /** Lets a connection in, but not where every place is taken by somebody who is no stranger. */
    synchronized Admission admit(PlaceGuard connection, InetAddress address) {
        ClientNetwork network = ClientNetwork.of(address);
        if (networks.getOrDefault(network, 0) >= ofOneAddress) {
            return new Admission.Denied("its address has " + ofOneAddress + " connections");
        }
        Optional<PlaceGuard> leaving = Optional.empty();
        if (all.size() >= limit) {
            leaving = longest();
            if (leaving.isEmpty()) {
                return new Admission.Denied("every place is taken by somebody known");
            }
            forget(leaving.get());
        }
        all.put(connection, network);
        networks.merge(network, 1, Integer::sum);
        strangers.add(connection);
        return new Admission.Granted(leaving);
    }

    /** It has logged in, or is a listed operator. */
    synchronized void isKnown(PlaceGuard connection) {
        strangers.remove(connection);
    }

    synchronized void forget(PlaceGuard connection) {
        ClientNetwork network = all.remove(connection);
        if (network != null) {
            networks.computeIfPresent(network, (known, count) -> count > 1 ? count - 1 : null);
        }
        strangers.remove(connection);
    }

    private Optional<PlaceGuard> longest() {
        Iterator<PlaceGuard> waiting = strangers.iterator();
        return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
    }
}
