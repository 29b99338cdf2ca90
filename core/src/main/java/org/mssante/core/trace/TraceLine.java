package org.mssante.core.trace;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/** One line read back from a trace; {@code values} holds every member of the JSON object as text, "time" among them. */
public record TraceLine(Map<String, String> values) {

    public TraceLine {
        values = Map.copyOf(values);
    }

    /** When it happened, in the local time of the service that wrote the line. */
    public OffsetDateTime time() {
        return OffsetDateTime.parse(values.get("time"));
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
