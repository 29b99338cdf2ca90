package org.mssante.server.storage.events;

import java.util.Collection;
import java.util.Set;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusName;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The bus of a node that has its database for itself. Who hears an event is decided when it is dispatched, not when the
 * dispatch is put together: between the two somebody may have begun to listen. Thread-safe.
 */
public final class LocalEventBus implements EventBus {
    private static final EventBusName NAME = new EventBusName("local");

    private final Node node;

    public LocalEventBus(EventBusParts parts) {
        this.node = parts.node();
    }

    @Override
    public Publisher<Registration> register(ReactiveEventListener listener, RegistrationKey key) {
        return Mono.fromCallable(() -> node.listeners().add(listener, key, LogSnapshot.EMPTY));
    }

    @Override
    public Registration register(ReactiveEventListener listener, Group group) {
        return node.listeners().add(listener, group, LogSnapshot.EMPTY);
    }

    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        return event.isNoop() ? Mono.empty() : Mono.defer(() -> node.deliver(event, Node.names(keys), node.groups()));
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
}
