package org.mssante.dmp.cda;

import java.util.List;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;

/** Whether a document says well enough whose it is. */
public sealed interface IdentityVerdict {

    /** The patient's INS; warnings are English sentences for the trace. */
    record Identified(Ins ins, Patient patient, List<String> warnings) implements IdentityVerdict {
        public Identified {
            warnings = List.copyOf(warnings);
        }
    }

    /** {@code detail} never shows the identifier. */
    record Unidentified(Outcome outcome, String detail) implements IdentityVerdict {}
}
