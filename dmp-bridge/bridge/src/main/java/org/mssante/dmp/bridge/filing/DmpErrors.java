package org.mssante.dmp.bridge.filing;

import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CodeTable;

/** Codes of the DMP to outcomes, read from {@code dmp-errors.csv}. */
final class DmpErrors {
    private static final String DUPLICATE = "DUPLICATE";

    private final CodeTable table = CodeTable.load(DmpErrors.class, "dmp-errors.csv");

    /** True where the DMP already holds a document of this identifier. */
    boolean isDuplicate(String code) {
        return table.row(code).filter(row -> row.get(0).equals(DUPLICATE)).isPresent();
    }

    Outcome outcome(String code) {
        return table.row(code)
                .map(row -> row.get(0))
                .filter(name -> !name.equals(DUPLICATE))
                .map(Outcome::valueOf)
                .orElse(Outcome.DMP_REFUSED);
    }
}
