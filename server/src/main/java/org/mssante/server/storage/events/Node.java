package org.mssante.server.storage.events;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.GroupRegistrationNotFound;
import org.apache.james.events.RegistrationKey;
import reactor.core.publisher.Mono;

/** The listeners of this node and the way events take to them. Thread-safe. */
record Node(Listeners listeners, Delivery delivery) {

    /** To those who listen at this very moment. */
    Mono<Void> deliver(Event event, Set<String> keys, Map<Group, ReactiveEventListener> groups) {
        return Mono.when(delivery.toGroups(groups, event), delivery.toListeners(listeners.of(keys), event));
    }

    Mono<Void> reDeliver(Group group, Event event) {
        return Mono.defer(() -> listeners
                .of(group)
                .map(listener -> delivery.toGroup(group, listener, event))
                .orElseGet(() -> Mono.error(new GroupRegistrationNotFound(group))));
    }

    Map<Group, ReactiveEventListener> groups() {
        return listeners.groups().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().listener()));
    }

    static Set<String> names(Set<RegistrationKey> keys) {
        return keys.stream().map(Listeners::name).collect(Collectors.toUnmodifiableSet());
    }
}
