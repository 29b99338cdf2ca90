package org.mssante.dmp.cda;

import org.mssante.core.outcome.Outcome;

/** What a file turned out to be. */
public sealed interface CdaReading {

    /** A CDA document, well-formed to its end. */
    record Cda(CdaHeader header) implements CdaReading {}

    /**
     * Not a CDA document.
     *
     * @param what it is instead, in English
     * @param isXml true where it is well-formed to its end: then no CDA document is hidden in it
     */
    record NotCda(String what, boolean isXml) implements CdaReading {}

    /** A CDA document, or what must be taken for one, that cannot be read. */
    record Unreadable(Outcome outcome, String detail) implements CdaReading {}
}
