package org.mssante.dmp.cda;

import org.mssante.core.outcome.Outcome;

/** What a file turned out to be. */
public sealed interface CdaReading {

    /** A CDA document, well-formed to its end. */
    record Cda(CdaHeader header) implements CdaReading {}

    /** Not a CDA document; {@code what} says in English what it is instead. */
    record NotCda(String what) implements CdaReading {}

    /** A CDA document, or what must be taken for one, that cannot be read. */
    record Unreadable(Outcome outcome, String detail) implements CdaReading {}
}
