package org.mssante.server.smtp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of one port. Whoever has not come as far as TLS is a stranger: when all places are taken the stranger
 * who has been there for longest makes room, so that connections left hanging keep nobody out. Thread-safe.
 */
final class OpenConnections {
    private final int limit;
    private final Set<Channel> all = new LinkedHashSet<>();
    private final Set<Channel> strangers = new LinkedHashSet<>();

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Lets a connection in; false where every place is taken by somebody who is no stranger. */
    boolean admit(Channel connection) {
        Optional<Channel> leaving = Optional.empty();
        synchronized (this) {
            if (all.size() >= limit) {
                leaving = longest();
                if (leaving.isEmpty()) {
                    return false;
                }
                forget(leaving.get());
            }
            all.add(connection);
            strangers.add(connection);
        }
        leaving.ifPresent(stranger -> stranger.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
        return true;
    }

    /** The handshake has succeeded. */
    synchronized void isKnown(Channel connection) {
        strangers.remove(connection);
    }

    synchronized boolean isStranger(Channel connection) {
        return strangers.contains(connection);
    }

    synchronized void forget(Channel connection) {
        all.remove(connection);
        strangers.remove(connection);
    }

    private Optional<Channel> longest() {
        Iterator<Channel> waiting = strangers.iterator();
        return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
    }
}
