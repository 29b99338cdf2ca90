package org.mssante.annuaire.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.rpps.ReadReport;

/**
 * The looks at the register that were more than a glance, one JSON line each, the oldest first. Not in the index, which may
 * be thrown away. Thread-safe.
 */
public final class SyncHistory {
    private static final JsonFactory JSON = new JsonFactory();

    /** Behind what is left of a line. */
    private static final String CUT_OFF = " cut off";

    private final Path file;

    /** @param file made with the first run */
    public SyncHistory(Path file) {
        this.file = file;
    }

    /** What a run said of which source. */
    record Last(String source, SyncRun.End end) {}

    synchronized void add(SyncRun run) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // behind a line that a kill or a full disk cut off, be it behind a whole object, another one begins
        String line = (isCutOff() ? CUT_OFF + "\n" : "") + json(run) + "\n";
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean isCutOff() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return false;
        }
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "r")) {
            written.seek(written.length() - 1);
            return written.read() != '\n';
        }
    }

    /** The last lines, the newest last. */
    public synchronized List<String> lines(int most) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        // a line that was cut off, be it within a character, says nothing
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.endsWith("}"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    /** The last run that was meant to change something: a rehearsal says nothing of what waits. */
    Optional<Last> last() throws IOException {
        List<String> lines = lines(Integer.MAX_VALUE);
        for (int i = lines.size() - 1; i >= 0; i--) {
            Last last = last(lines.get(i));
            if (last.end() != SyncRun.End.REHEARSED) {
                return Optional.of(last);
            }
        }
        return Optional.empty();
    }

    /** A run as one JSON object. */
    public static String json(SyncRun run) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("started", run.started().toString());
            json.writeNumberField("milliseconds", run.took().toMillis());
            json.writeStringField("end", run.end().name());
            json.writeStringField("actor", run.actor());
            json.writeStringField("source", run.source());
            json.writeArrayFieldStart("extracts");
            for (ReadReport read : run.reads()) {
                write(read, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("changes");
            for (Map.Entry<String, Counts> kind : run.sortedChanges().entrySet()) {
                json.writeObjectFieldStart(kind.getKey());
                json.writeNumberField("added", kind.getValue().added());
                json.writeNumberField("changed", kind.getValue().changed());
                json.writeNumberField("removed", kind.getValue().removed());
                json.writeNumberField("same", kind.getValue().same());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("remarks");
            for (String remark : run.remarks()) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(ReadReport read, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", read.file());
        json.writeNumberField("rows", read.rows());
        json.writeNumberField("quarantined", read.quarantined());
        json.writeNumberField("malformed", read.malformedBytes());
        json.writeNumberField("wrongKeys", read.doubtfulKeys());
        json.writeBooleanField("complete", read.complete());
        json.writeArrayFieldStart("firstFaults");
        for (String fault : read.firstFaults()) {
            json.writeString(fault);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static Last last(String line) throws IOException {
        String source = "";
        String end = "";
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "source" -> source = json.getText();
                    case "end" -> end = json.getText();
                    default -> json.skipChildren();
                }
            }
        }
        return new Last(source, SyncRun.End.valueOf(end));
    }
}
