package org.mssante.it.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;

/** The traces of an instance's services from one moment on. */
public final class Traces {
    private final Path runDir;
    private final Instant from;

    private Traces(Path runDir, Instant from) {
        this.runDir = runDir;
        this.from = from;
    }

    static Traces of(Path runDir) {
        return new Traces(runDir, Instant.EPOCH);
    }

    /** Only what is written from now on. */
    Traces fromNow() {
        return new Traces(runDir, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    public List<TraceLine> find(Predicate<TraceLine> wanted) {
        try {
            return new TraceReader(runDir).find(line -> !line.time().toInstant().isBefore(from) && wanted.test(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line that matches, once it is there. */
    public TraceLine await(String what, Predicate<TraceLine> wanted) {
        Awaitility.await(what)
                .atMost(TestInstance.PATIENCE)
                .untilAsserted(() -> Assertions.assertThat(find(wanted))
                        .as("trace lines: %s", what)
                        .isNotEmpty());
        return find(wanted).get(0);
    }

    public TraceLine await(Event event, Outcome outcome) {
        return await(event + " " + outcome.code(), is(event).and(is(outcome)));
    }

    public static Predicate<TraceLine> is(Event event) {
        return line -> line.event().equals(event.name());
    }

    public static Predicate<TraceLine> is(Outcome outcome) {
        return line -> line.outcome().filter(outcome::equals).isPresent();
    }

    public static Predicate<TraceLine> about(String messageId) {
        return has(Field.MESSAGE_ID, TraceEntry.bareMessageId(messageId));
    }

    public static Predicate<TraceLine> has(Field field, String value) {
        return line -> line.get(field).filter(value::equals).isPresent();
    }
}
