package org.mssante.core.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/** One line read back from a trace; {@code values} holds every member of the JSON object as text, "time" among them. */
public record TraceLine(Map<String, String> values) {
    private static final JsonFactory JSON = new JsonFactory();

    public TraceLine {
        values = Map.copyOf(values);
    }

    /** A line of a trace; empty for one that a power loss cut short, which is not JSON: the others stand. */
    public static Optional<TraceLine> parse(String text) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, parser.getText());
            }
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return Optional.of(values).filter(found -> found.containsKey("time")).map(TraceLine::new);
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
