package org.mssante.core.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * {@code POST /backup?to=FILE}: copies the embedded H2 database of a running service, as it is at one moment, into a ZIP
 * file. Others go on reading and writing meanwhile. The service writes the file itself, so it must be able to.
 */
public final class EmbeddedBackup {
    private static final String H2 = "jdbc:h2:";

    private final Trace trace;
    private final String url;
    private final Copy copy;

    /** Copies the database to a new file. */
    @FunctionalInterface
    public interface Copy {
        void to(Path file) throws IOException;
    }

    /** @param url of the database; another one than H2 has tools of its own, and this says so */
    public EmbeddedBackup(Trace trace, String url, Copy copy) {
        this.trace = trace;
        this.url = url;
        this.copy = copy;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none().post("/backup", this::backUp);
    }

    private ControlAnswer backUp(ControlRequest request) {
        if (!url.startsWith(H2)) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE, "The database is no embedded one: back it up with its own tools.");
        }
        Path file = Path.of(request.value("to").orElse(""));
        if (!file.isAbsolute() || Files.exists(file)) {
            return ControlAnswer.refused(
                    ControlAnswer.WRONG, "The file is not named by a whole path, or is there already: name a new one.");
        }
        Instant start = Instant.now();
        try {
            copy.to(file);
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED,
                    "The database could not be copied (" + e.getMessage()
                            + "): the service must be allowed to write there.");
        }
        Duration time = Duration.between(start, Instant.now());
        trace.record(TraceEntry.of(Event.BACKED_UP)
                .with(Field.ACTOR, "operator " + request.caller())
                .with(Field.DETAIL, file + " in " + time));
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            json.writeNumberField("milliseconds", time.toMillis());
            json.writeEndObject();
        });
    }
}
