package org.mssante.dmp.bridge.ledger;

import org.mssante.core.outcome.Outcome;

/** Outcome codes as they stand in the ledger, where a newer version may have left one that this version does not know. */
final class RecordedCode {
    private RecordedCode() {}

    static Outcome outcome(String code) {
        return Outcome.ofCode(code).orElse(Outcome.OUTCOME_UNKNOWN);
    }

    /** The detail recorded with a code; an unknown code is named in it, so that a person can look it up. */
    static String detail(String code, String detail) {
        return code == null || Outcome.ofCode(code).isPresent()
                ? detail
                : "recorded as " + code + (detail.isEmpty() ? "" : ": " + detail);
    }
}
