package org.mssante.launcher.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;
import org.mssante.launcher.CommandFailure;

/** The lines of all traces of an instance about one message, oldest first. */
public record MessageLife(String messageId, List<TraceLine> lines) {
    public MessageLife {
        lines = List.copyOf(lines);
    }

    /** Lines that name the message, and those the DMP store wrote while a document of the message was being filed. */
    public static MessageLife read(Path runDir, String messageId) {
        String wanted = TraceEntry.bareMessageId(messageId);
        TraceReader reader = new TraceReader(runDir);
        try {
            List<TraceLine> own = reader.find(line -> isOf(line, wanted));
            List<FilingPeriod> filings = FilingPeriod.of(own);
            return new MessageLife(
                    wanted,
                    filings.isEmpty()
                            ? own
                            : reader.find(line ->
                                    isOf(line, wanted) || filings.stream().anyMatch(filing -> filing.covers(line))));
        } catch (IOException e) {
            throw new CommandFailure(
                    "The traces in " + runDir + " cannot be read (" + e.getMessage() + "): correct --run-dir.", e);
        }
    }

    private static boolean isOf(TraceLine line, String messageId) {
        return line.get(Field.MESSAGE_ID).filter(messageId::equals).isPresent();
    }

    public boolean has(Event event) {
        return of(event).findAny().isPresent();
    }

    public Stream<TraceLine> of(Event event) {
        return lines.stream().filter(line -> line.event().equals(event.name()));
    }

    /** How each document ended, so far; the last word on a document counts. */
    public List<DocumentEnd> documentEnds() {
        List<DocumentEnd> ends = new ArrayList<>();
        for (TraceLine line : lines) {
            Optional<Outcome> outcome = line.outcome();
            if (FilingPeriod.isEnd(line) && outcome.isPresent()) {
                Optional<String> document = line.get(Field.DOCUMENT_ID);
                ends.removeIf(end -> document.isPresent() && end.documentId().equals(document));
                ends.add(new DocumentEnd(document, outcome.get()));
            }
        }
        return List.copyOf(ends);
    }

    /** True where every document that was taken out of the message is filed or refused. */
    public boolean allDocumentsEnded() {
        Set<String> open = new LinkedHashSet<>();
        of(Event.DOCUMENT_EXTRACTED).forEach(line -> line.get(Field.DOCUMENT_ID).ifPresent(open::add));
        documentEnds().forEach(end -> end.documentId().ifPresent(open::remove));
        return open.isEmpty();
    }

    /** The time since the last line; zero for a message nobody has seen. */
    public Duration quietSince(OffsetDateTime now) {
        return lines.isEmpty()
                ? Duration.ZERO
                : Duration.between(lines.get(lines.size() - 1).time(), now);
    }
}
