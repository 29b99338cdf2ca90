package org.mssante.annuaire.publish;

/** What became of an order. */
public sealed interface PublicationAnswer {
    /** English or the other side's words, for the report and the trace. */
    String words();

    record Accepted(String words) implements PublicationAnswer {}

    /** Not as it is: somebody has to look. */
    record Refused(String words) implements PublicationAnswer {}

    /** Not now: the next run tries again. */
    record Later(String words) implements PublicationAnswer {}
}
