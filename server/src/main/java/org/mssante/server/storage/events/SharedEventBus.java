package org.mssante.server.storage.events;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusName;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.EventSerializer;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.util.ReactorUtils;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.sql.Database;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The bus of all nodes on one PostgreSQL database. Listeners of this node hear an event at once; it is then written to a log
 * that {@code NOTIFY} points the other nodes to. Every node tells its listeners of a key; a group hears an event on one node,
 * the one that dispatched it if the group listens there. Thread-safe.
 */
public final class SharedEventBus implements EventBus, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SharedEventBus.class);
    private static final EventBusName NAME = new EventBusName("shared");

    /** A listener that takes longer is left to itself, so that the events behind it arrive. */
    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(10);

    private final Node node;
    private final EventSerializer serializer;
    private final EventLog log;
    private final EventPublisher publisher;
    private final EventLogReader reader;

    private SharedEventBus(Node node, EventSerializer serializer, Database database, Duration retention) {
        this.node = node;
        this.serializer = serializer;
        this.log = new EventLog(database, UUID.randomUUID());
        this.publisher = new EventPublisher(log);
        this.reader = new EventLogReader(database, log, retention, this::deliver);
    }

    /**
     * Begins to listen; events published before are not heard.
     *
     * @param retention how long an event is kept for a node that cannot reach the database
     */
    public static SharedEventBus open(Database database, Duration retention, EventBusParts parts) {
        SharedEventBus bus = new SharedEventBus(parts.node(), parts.serializer(), database, retention);
        bus.reader.start(bus.log.snapshot());
        bus.publisher.start();
        return bus;
    }

    /** What was published before is not heard, even where this node has yet to read it. */
    @Override
    public Publisher<Registration> register(ReactiveEventListener listener, RegistrationKey key) {
        return Mono.fromCallable(() -> node.listeners().add(listener, key, log.snapshot()))
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    @Override
    public Registration register(ReactiveEventListener listener, Group group) {
        return node.listeners().add(listener, group, log.snapshot());
    }

    /** Ends when this node's listeners were told and the other nodes can read the event. */
    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        return event.isNoop() ? Mono.empty() : Mono.defer(() -> publish(event, Node.names(keys)));
    }

    @Override
    public Mono<Void> reDeliver(Group group, Event event) {
        return event.isNoop() ? Mono.empty() : node.reDeliver(group, event);
    }

    @Override
    public EventBusName eventBusName() {
        return NAME;
    }

    @Override
    public Collection<Group> listRegisteredGroups() {
        return node.groups().keySet();
    }

    @Override
    public void close() {
        publisher.close();
        reader.close();
    }

    private Mono<Void> publish(Event event, Set<String> keys) {
        Map<Group, ReactiveEventListener> groups = node.groups();
        EventPublisher.Ticket ticket =
                publisher.publish(new EventLog.Entry(keys, names(groups.keySet()), serializer.toJson(event)));
        return node.deliver(event, keys, groups).then(Mono.fromRunnable(ticket::await));
    }

    /** Events of other nodes. The claims first: should the database fail there, the events are read again. */
    private void deliver(List<EventLog.Logged> page) {
        List<EventLog.Claim> wanted = page.stream().flatMap(this::unserved).toList();
        Set<EventLog.Claim> claimed = wanted.isEmpty() ? Set.of() : log.claim(wanted);
        for (EventLog.Logged logged : page) {
            deliver(logged, claimed);
        }
    }

    private void deliver(EventLog.Logged logged, Set<EventLog.Claim> claimed) {
        Map<Group, ReactiveEventListener> groups = node.groups().entrySet().stream()
                .filter(entry -> claimed.contains(claim(logged, entry.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<ReactiveEventListener> listeners =
                node.listeners().of(logged.entry().keys(), logged.transaction());
        if (groups.isEmpty() && listeners.isEmpty()) {
            return;
        }
        try {
            Event event = serializer.asEvent(logged.entry().event());
            node.delivery()
                    .toGroups(groups, event)
                    .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                    .subscribe(
                            none -> {},
                            failure -> LOGGER.error("an event was not delivered: {}", FailureTrail.of(failure)));
            node.delivery().toListeners(listeners, event).block(LISTENER_PATIENCE);
        } catch (IllegalArgumentException e) {
            LOGGER.error(
                    "event {} of another node cannot be read: is it of a newer version?: {}",
                    logged.id(),
                    FailureTrail.of(e));
        } catch (IllegalStateException e) {
            LOGGER.error(
                    "event {} of another node took longer than {}: {}",
                    logged.id(),
                    LISTENER_PATIENCE,
                    FailureTrail.of(e));
        }
    }

    /** This node's groups that the event's own node does not give it to. */
    private Stream<EventLog.Claim> unserved(EventLog.Logged logged) {
        return node.listeners().groups().entrySet().stream()
                .filter(entry ->
                        !logged.entry().groups().contains(entry.getKey().asString()))
                .filter(entry -> !entry.getValue().since().sees(logged.transaction()))
                .map(entry -> claim(logged, entry.getKey()));
    }

    private static EventLog.Claim claim(EventLog.Logged logged, Group group) {
        return new EventLog.Claim(logged.id(), group.asString());
    }

    private static Set<String> names(Set<Group> groups) {
        return groups.stream().map(Group::asString).collect(Collectors.toUnmodifiableSet());
    }
}
