package org.mssante.launcher.explain;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Predicate;
import org.mssante.core.trace.Event;
import org.mssante.launcher.Polling;

/** Waits for what the traces will say of a message. */
public final class MessageWatch {
    /** No line for so long after the last expected one: nothing more will come. */
    private static final Duration QUIET = Duration.ofSeconds(2);

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
        if (life.has(Event.NO_DOCUMENT)) {
            return true;
        }
        boolean quiet = life.quietSince(OffsetDateTime.now(clock)).compareTo(QUIET) > 0;
        if (life.has(Event.HANDED_TO_BRIDGE) || life.has(Event.INTAKE)) {
            return quiet && !life.documentEnds().isEmpty() && life.allDocumentsEnded();
        }
        return quiet;
    }

    private MessageLife read(String messageId) {
        return MessageLife.read(runDir, messageId);
    }
}
