package org.mssante.server.admin;

import java.util.List;
import java.util.Optional;
import org.mssante.server.storage.queue.JdbcMailQueue;

/** The queues of this server, in the order a mail meets them. */
public record Queues(JdbcMailQueue spool, JdbcMailQueue outgoing, JdbcMailQueue bridge) {

    List<JdbcMailQueue> all() {
        return List.of(spool, outgoing, bridge);
    }

    Optional<JdbcMailQueue> named(String name) {
        return all().stream()
                .filter(queue -> queue.getName().asString().equals(name))
                .findFirst();
    }

    /** What the bridge has yet to look at is in its mailbox already: its sender must not be told otherwise. */
    boolean isDelivered(JdbcMailQueue queue) {
        return queue == bridge;
    }
}
