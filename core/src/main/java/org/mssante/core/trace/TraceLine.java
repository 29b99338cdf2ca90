package org.mssante.core.trace;

import java.util.Map;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/** One line read back from a trace; {@code values} holds every member of the JSON object as text. */
public record TraceLine(Map<String, String> values) {

    public TraceLine {
        values = Map.copyOf(values);
    }

    public String time() {
        return values.getOrDefault("time", "");
    }

    public String service() {
        return values.getOrDefault("service", "");
    }

    public String event() {
        return values.getOrDefault("event", "");
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(values.get("code")).flatMap(Outcome::ofCode);
    }

    public Optional<String> get(Field field) {
        return Optional.ofNullable(values.get(field.key()));
    }
}
