package org.mssante.core.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.mssante.core.settings.StartupFailure;

/**
 * A trace of JSON lines, one file a day (UTC) in a folder: {@code 2026-11-20.jsonl}. A line is written whole by one
 * system call, so a kill -9 leaves no half line. A line that cannot be written fails the caller: an action that cannot
 * be traced must not go on.
 */
public final class JsonLinesTrace implements Trace, AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    /** Local time with its offset (SC.MSS/CONF.18 asks for the local time stamp), always of the same width. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private final String service;
    private final Path folder;
    private final Clock clock;
    private LocalDate day;
    private OutputStream out;

    private JsonLinesTrace(String service, Path folder, Clock clock, LocalDate day, OutputStream out) {
        this.service = service;
        this.folder = folder;
        this.clock = clock;
        this.day = day;
        this.out = out;
    }

    /** Opens {@code runDir/<service>/trace}. */
    public static JsonLinesTrace open(String service, Path runDir, Clock clock) {
        Path folder = folderOf(service, runDir);
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        try {
            Files.createDirectories(folder);
            return new JsonLinesTrace(service, folder, clock, today, append(folder, today));
        } catch (IOException e) {
            throw new StartupFailure(
                    "The trace folder " + folder + " cannot be written (" + e.getMessage() + "): check its rights.", e);
        }
    }

    static Path folderOf(String service, Path runDir) {
        return runDir.resolve(service).resolve("trace");
    }

    @Override
    public synchronized void record(TraceEntry entry) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        try {
            LocalDate today = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
            if (!today.equals(day)) {
                out.close();
                out = append(folder, today);
                day = today;
            }
            out.write(line(now, entry).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the trace in " + folder + " cannot be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the trace in " + folder + " cannot be closed", e);
        }
    }

    private String line(OffsetDateTime now, TraceEntry entry) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", TIME.format(now));
            json.writeStringField("service", service);
            json.writeStringField("event", entry.event().name());
            if (entry.outcome().isPresent()) {
                json.writeStringField("code", entry.outcome().get().code());
            }
            for (Map.Entry<Field, String> field : entry.fields().entrySet()) {
                json.writeStringField(field.getKey().key(), field.getValue());
            }
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /** Unbuffered on purpose: one write a line. */
    private static OutputStream append(Path folder, LocalDate day) throws IOException {
        return Files.newOutputStream(
                folder.resolve(day + ".jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
