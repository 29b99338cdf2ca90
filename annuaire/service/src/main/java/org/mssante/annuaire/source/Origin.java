package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Where editions come from. Asked by one thread at a time. */
interface Origin {
    /** Its name in settings, reports and measures. */
    String name();

    /** As an operator knows it. */
    URI address();

    /** When the edition in place came; empty where none did. */
    Optional<Instant> edition() throws IOException;

    /**
     * Asks now, and puts a new edition in the place of the last one.
     *
     * @return true where a new one is in place
     * @throws IOException that says why nothing of use came; the last edition stays
     */
    boolean ask() throws IOException;
}
