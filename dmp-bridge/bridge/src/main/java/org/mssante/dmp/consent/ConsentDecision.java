package org.mssante.dmp.consent;

import org.mssante.core.outcome.Outcome;

/** The decision about one filing, with the rule and the inputs it rests on. */
public sealed interface ConsentDecision {
    /** The row of the table, e.g. {@code R50}. */
    String rule();

    /** What the sources said, e.g. {@code dmp=ACTIVE local=INO table=1}. */
    String inputs();

    record MayFile(String rule, String inputs) implements ConsentDecision {}

    record MustNotFile(String rule, String inputs, Outcome outcome) implements ConsentDecision {}

    /** A source did not answer. */
    record Unknown(String rule, String inputs, Outcome outcome, String why) implements ConsentDecision {}
}
