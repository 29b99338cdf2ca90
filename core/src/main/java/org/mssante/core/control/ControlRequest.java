package org.mssante.core.control;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller wants.
 *
 * @param caller the user of this machine the kernel says he is
 * @param method GET looks, POST acts
 * @param path as sent, still encoded, e.g. {@code /queues/outgoing}
 * @param values those of the query and of the places in the route's path
 */
public record ControlRequest(String caller, String method, String path, Map<String, String> values) {
    public ControlRequest {
        values = Map.copyOf(values);
    }

    /** A place of the route's path. */
    public String place(String name) {
        return value(name).orElseThrow(() -> new IllegalArgumentException("the route has no place " + name));
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }
}
