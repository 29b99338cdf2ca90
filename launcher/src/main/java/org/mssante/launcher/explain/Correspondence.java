package org.mssante.launcher.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;
import org.mssante.launcher.CommandFailure;

/**
 * What happened between a sender and a recipient: a message refused before its content has no Message-ID anybody could ask
 * for.
 *
 * @param from an address or a part of it, e.g. a domain, of the envelope, of the mailbox that was acted for, or of whoever was refused something; empty for any
 * @param to the same of a recipient
 * @param since the oldest line wanted
 */
public record Correspondence(Optional<String> from, Optional<String> to, Instant since) {

    /** The lines of all traces of an instance, oldest first. */
    public List<TraceLine> read(Path runDir) {
        try {
            return new TraceReader(runDir)
                    .find(line -> isFrom(line)
                            && names(line, Field.TO, to)
                            && !line.time().toInstant().isBefore(since));
        } catch (IOException e) {
            throw new CommandFailure(
                    "The traces in " + runDir + " cannot be read (" + e.getMessage() + "): correct --run-dir.", e);
        }
    }

    /** What was refused to a person, his log-ins among it, and not all that he did in his mailbox. */
    private boolean isFrom(TraceLine line) {
        return names(line, Field.FROM, from)
                || names(line, Field.ON_BEHALF_OF, from)
                || (line.outcome().isPresent() && names(line, Field.ACTOR, from));
    }

    private static boolean names(TraceLine line, Field field, Optional<String> wanted) {
        return wanted.isEmpty()
                || line.get(field)
                        .filter(value -> value.toLowerCase(Locale.ROOT)
                                .contains(wanted.get().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }
}
