package org.mssante.server.storage.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.GroupAlreadyRegistered;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import reactor.core.publisher.Mono;

/**
 * Who listens on this node. Thread-safe without locks: a set of listeners is never changed, only replaced, so whoever walks
 * over one is not disturbed by those who come and go.
 */
final class Listeners {
    private final ConcurrentHashMap<String, Map<ReactiveEventListener, LogSnapshot>> byKey = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Group, GroupListener> byGroup = new ConcurrentHashMap<>();

    /** @param since what had been published before it listened: past events, not for it */
    record GroupListener(ReactiveEventListener listener, LogSnapshot since) {}

    /** The name of a key, the same on every node. */
    static String name(RegistrationKey key) {
        return key.getClass().getSimpleName() + ":" + key.asString();
    }

    /** A listener registered twice on a key hears an event once, and is gone once one registration is ended. */
    Registration add(ReactiveEventListener listener, RegistrationKey key, LogSnapshot since) {
        String name = name(key);
        byKey.merge(name, Map.of(listener, since), Listeners::joined);
        return () -> Mono.fromRunnable(() -> byKey.computeIfPresent(name, (same, all) -> without(all, listener)));
    }

    Registration add(ReactiveEventListener listener, Group group, LogSnapshot since) {
        GroupListener added = new GroupListener(listener, since);
        if (byGroup.putIfAbsent(group, added) != null) {
            throw new GroupAlreadyRegistered(group);
        }
        return () -> Mono.fromRunnable(() -> byGroup.remove(group, added));
    }

    /** Those of any of the keys, each once. */
    Set<ReactiveEventListener> of(Set<String> keys) {
        return find(keys, since -> true);
    }

    /** Those of any of the keys that listened before the transaction published its events. */
    Set<ReactiveEventListener> of(Set<String> keys, long transaction) {
        return find(keys, since -> !since.sees(transaction));
    }

    Optional<ReactiveEventListener> of(Group group) {
        return Optional.ofNullable(byGroup.get(group)).map(GroupListener::listener);
    }

    Map<Group, GroupListener> groups() {
        return Map.copyOf(byGroup);
    }

    private Set<ReactiveEventListener> find(Set<String> keys, Predicate<LogSnapshot> wanted) {
        return keys.stream()
                .flatMap(key -> byKey.getOrDefault(key, Map.of()).entrySet().stream())
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<ReactiveEventListener, LogSnapshot> joined(
            Map<ReactiveEventListener, LogSnapshot> first, Map<ReactiveEventListener, LogSnapshot> second) {
        Map<ReactiveEventListener, LogSnapshot> joined = new LinkedHashMap<>(second);
        joined.putAll(first);
        return Map.copyOf(joined);
    }

    private static Map<ReactiveEventListener, LogSnapshot> without(
            Map<ReactiveEventListener, LogSnapshot> all, ReactiveEventListener listener) {
        Map<ReactiveEventListener, LogSnapshot> rest = new LinkedHashMap<>(all);
        rest.remove(listener);
        // null is ConcurrentHashMap's word for "nothing is left under this key"
        return rest.isEmpty() ? null : Map.copyOf(rest);
    }
}
