package org.mssante.certs;

import java.util.List;

/** What a run made anew and what it kept as it was; names relative to the folder of the PKI. */
public record PkiReport(List<String> made, List<String> kept) {
    public PkiReport {
        made = List.copyOf(made);
        kept = List.copyOf(kept);
    }

    public boolean changedNothing() {
        return made.isEmpty();
    }
}
