package org.mssante.launcher.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.launcher.console.JsonText;

/**
 * Shows a message's life: as a text for an operator, or as JSON for a program. The patient stays in the trace: his INS is
 * left out and his address masked.
 */
public final class Timeline {

    private static final DateTimeFormatter TO_THE_MILLISECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** What a text line shows besides time, service and event, in this order. */
    private static final List<Field> SHOWN = List.of(
            Field.ACTOR,
            Field.ON_BEHALF_OF,
            Field.FROM,
            Field.TO,
            Field.PEER,
            Field.CERTIFICATE_SUBJECT,
            Field.DOCUMENT_ID,
            Field.RULE,
            Field.ATTEMPT,
            Field.REASON,
            Field.REPLY,
            Field.DETAIL);

    /** Identifiers of messages, which look like addresses and are needed whole to search for. */
    private static final Set<String> VERBATIM = Set.of(Field.MESSAGE_ID.key(), Field.MAIL_NAME.key());

    private final Optional<String> messageId;
    private final List<TraceLine> lines;

    public Timeline(MessageLife life) {
        this.messageId = Optional.of(life.messageId());
        this.lines = life.lines();
    }

    /** Lines of several messages, each shown with the one it is about, where it names one. */
    public Timeline(List<TraceLine> lines) {
        this.messageId = Optional.empty();
        this.lines = List.copyOf(lines);
    }

    public void printText(PrintWriter out) {
        messageId.ifPresent(id -> out.println("Message-ID <" + id + ">"));
        for (TraceLine line : lines) {
            out.printf("%s  %-8s  %s%n", TO_THE_MILLISECOND.format(line.time()), line.service(), sentence(line));
            event(line.event()).ifPresent(event -> out.printf("%36s%s%n", "", event.french()));
            if (messageId.isEmpty()) {
                line.get(Field.MESSAGE_ID).ifPresent(id -> out.printf("%36sMessage-ID <%s>%n", "", id));
            }
            for (Field field : SHOWN) {
                line.get(field)
                        .ifPresent(value -> out.printf("%36s%s: %s%n", "", field.key(), MailAddress.maskedIn(value)));
            }
            line.outcome().ifPresent(outcome -> printOutcome(outcome, out));
        }
        out.flush();
    }

    public void printJson(PrintWriter out) {
        JsonText.print(out, json -> {
            if (messageId.isPresent()) {
                json.writeStringField("messageId", messageId.get());
            }
            json.writeArrayFieldStart("lines");
            for (TraceLine line : lines) {
                write(line, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(TraceLine line, JsonGenerator json) throws IOException {
        Map<String, String> values = new TreeMap<>(line.values());
        values.remove(Field.PATIENT.key());
        json.writeStartObject();
        Optional<Event> event = event(line.event());
        if (event.isPresent()) {
            json.writeStringField("eventEnglish", event.get().english());
            json.writeStringField("eventFrench", event.get().french());
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(
                    value.getKey(),
                    VERBATIM.contains(value.getKey()) ? value.getValue() : MailAddress.maskedIn(value.getValue()));
        }
        if (line.outcome().isPresent()) {
            json.writeStringField("english", line.outcome().get().english());
            json.writeStringField("french", line.outcome().get().french());
        }
        json.writeEndObject();
    }

    private static void printOutcome(Outcome outcome, PrintWriter out) {
        out.printf("%36s%s %s%n", "", outcome.code(), outcome.english());
        out.printf("%36s%s %s%n", "", " ".repeat(outcome.code().length()), outcome.french());
    }

    /** The catalogue's sentence; a trace of a newer version may hold an event this one does not know. */
    private static String sentence(TraceLine line) {
        return event(line.event()).map(Event::english).orElse(line.event());
    }

    private static Optional<Event> event(String name) {
        return List.of(Event.values()).stream()
                .filter(event -> event.name().equals(name))
                .findFirst();
    }
}
