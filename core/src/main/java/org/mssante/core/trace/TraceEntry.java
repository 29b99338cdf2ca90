package org.mssante.core.trace;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/**
 * What happened, before the trace adds the time. Immutable; built by chaining:
 * {@code TraceEntry.of(Event.DELIVERED).with(Field.TO, recipient).outcome(Outcome.…)}.
 */
public final class TraceEntry {
    private static final int MAX_VALUE = 2_000;

    private final Event event;
    private final Optional<Outcome> outcome;
    private final Map<Field, String> fields;

    private TraceEntry(Event event, Optional<Outcome> outcome, Map<Field, String> fields) {
        this.event = event;
        this.outcome = outcome;
        this.fields = fields;
    }

    public static TraceEntry of(Event event) {
        return new TraceEntry(event, Optional.empty(), new EnumMap<>(Field.class));
    }

    public TraceEntry outcome(Outcome newOutcome) {
        return new TraceEntry(event, Optional.of(newOutcome), fields);
    }

    /** Adds a field; values are cut at 2,000 characters so that foreign input cannot fill the disk. */
    public TraceEntry with(Field field, Object value) {
        String text = value.toString();
        Map<Field, String> more = new EnumMap<>(fields);
        more.put(field, text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE));
        return new TraceEntry(event, outcome, more);
    }

    public TraceEntry with(Field field, Optional<?> value) {
        return value.map(present -> with(field, present)).orElse(this);
    }

    /** Adds the Message-ID without its angle brackets. */
    public TraceEntry message(String messageId) {
        return with(Field.MESSAGE_ID, bareMessageId(messageId));
    }

    /** The Message-ID without blanks and angle brackets. */
    public static String bareMessageId(String messageId) {
        String id = messageId.strip();
        return id.startsWith("<") && id.endsWith(">") && id.length() > 2 ? id.substring(1, id.length() - 1) : id;
    }

    public Event event() {
        return event;
    }

    public Optional<Outcome> outcome() {
        return outcome;
    }

    public Map<Field, String> fields() {
        return Collections.unmodifiableMap(fields);
    }
}
