package org.mssante.dmp.bridge.filing;

import java.time.Duration;
import java.time.Instant;
import org.mssante.dmp.bridge.ledger.StoredDocument;

/**
 * How long a document is tried before it stops and waits for an operator.
 *
 * @param backoff between attempts
 * @param maxFailures attempts that a defect of ours, or the end of the process, may end
 * @param longestWait from finding the document, or starting it again, while the DMP or another side system does not answer
 */
public record Endurance(Backoff backoff, int maxFailures, Duration longestWait) {
    public Endurance {
        if (maxFailures < 1 || longestWait.isNegative() || longestWait.isZero()) {
            throw new IllegalArgumentException("a document is tried once at least");
        }
    }

    /** When to try again after the attempts made. */
    Instant next(Instant now, int attempts) {
        return now.plus(backoff.after(attempts));
    }

    boolean isOver(StoredDocument document, Instant now) {
        return now.isAfter(document.triedSince().plus(longestWait));
    }
}
