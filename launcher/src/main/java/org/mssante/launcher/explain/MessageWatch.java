package org.mssante.launcher.explain;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.launcher.Polling;

/** Waits for what the traces will say of a message. */
public final class MessageWatch {
    /** The bridge writes the lines of one message close together: silence for so long means that it has found all. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Path runDir;
    private final Clock clock;
    private final Polling polling;

    public MessageWatch(Path runDir, Clock clock) {
        this.runDir = runDir;
        this.clock = clock;
        this.polling = new Polling(clock, POLL);
    }

    /** The message's life once the condition holds, or as it is when the time is over. */
    public MessageLife await(String messageId, Duration patience, Predicate<MessageLife> condition) {
        return polling.await(patience, () -> Optional.of(read(messageId)).filter(condition))
                .orElseGet(() -> read(messageId));
    }

    /** The message's life once every recipient is served and every document has ended. */
    public MessageLife awaitEnd(String messageId, int recipients, Duration patience) {
        return await(messageId, patience, life -> hasEnded(life, recipients));
    }

    /** True where nothing more is to be expected of a message. */
    public boolean hasEnded(MessageLife life, int recipients) {
        long served = life.of(Event.DELIVERED).count()
                + life.of(Event.RELAYED).count()
                + life.of(Event.BOUNCED).count()
                + life.of(Event.QUARANTINED).count();
        if (served < recipients) {
            return false;
        }
        Set<String> filing = recipients(life, Event.FILING_REQUESTED);
        if (filing.isEmpty()) {
            return true;
        }
        if (!recipients(life, Event.INTAKE).containsAll(filing)) {
            return false;
        }
        boolean quiet = life.quietSince(OffsetDateTime.now(clock)).compareTo(QUIET) > 0;
        boolean somethingFound =
                life.has(Event.NO_DOCUMENT) || !life.documentEnds().isEmpty();
        return somethingFound && life.allDocumentsEnded() && quiet;
    }

    private static Set<String> recipients(MessageLife life, Event event) {
        return life.of(event).flatMap(line -> line.get(Field.TO).stream()).collect(Collectors.toSet());
    }

    private MessageLife read(String messageId) {
        return MessageLife.read(runDir, messageId);
    }
}
