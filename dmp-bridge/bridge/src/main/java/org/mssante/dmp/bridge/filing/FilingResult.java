package org.mssante.dmp.bridge.filing;

import org.mssante.core.outcome.Outcome;

/** How one attempt to file a document ended. */
sealed interface FilingResult {
    /** In the DMP, now or before. */
    record Filed(Outcome outcome, String detail) implements FilingResult {}

    record Refused(Outcome outcome, String detail) implements FilingResult {}

    /** A side system did not answer. */
    record Later(Outcome outcome, String why) implements FilingResult {}
}
