package org.mssante.server.imap.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The connections that are open now, on every port. Thread-safe. */
public final class Connections {
    private final Set<ImapConnection> open = ConcurrentHashMap.newKeySet();

    void add(ImapConnection connection) {
        open.add(connection);
    }

    void remove(ImapConnection connection) {
        open.remove(connection);
    }

    public Stream<ImapConnection> stream() {
        return open.stream();
    }
}
