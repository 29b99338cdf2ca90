package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person said about a document whose mailbox wants to be asked.
 *
 * @param by the user who said so on this machine
 */
public record PersonDecision(Verdict verdict, String by, Instant at, Optional<String> reason) {
    /** What is to be done. */
    public enum Verdict {
        /** It is filed, where the patient's rights allow it then. */
        FILE,
        DISCARD
    }
}
