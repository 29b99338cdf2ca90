package org.mssante.dmp.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CodeTable;

/** The decision table, read from {@code consent-rules.csv}: the first row that fits decides. */
final class ConsentTable {
    private static final String ANY = "*";

    private final String version;
    private final List<Row> rows;

    private ConsentTable(String version, List<Row> rows) {
        this.version = version;
        this.rows = rows;
    }

    enum Verdict {
        FILE,
        REFUSE,
        WAIT
    }

    record Row(String rule, String dmp, String local, Verdict verdict, Outcome outcome) {
        boolean fits(String dmpState, LocalOpposition opposition) {
            return (dmp.equals(ANY) || dmp.equals(dmpState)) && (local.equals(ANY) || local.equals(opposition.name()));
        }
    }

    static ConsentTable shipped() {
        CodeTable table = CodeTable.load(ConsentTable.class, "consent-rules.csv");
        List<Row> rows = new ArrayList<>();
        for (String rule : table.keys()) {
            List<String> cells = table.row(rule).orElseThrow();
            rows.add(new Row(
                    rule,
                    cells.get(0).toUpperCase(Locale.ROOT),
                    cells.get(1).toUpperCase(Locale.ROOT),
                    Verdict.valueOf(cells.get(2)),
                    Outcome.valueOf(cells.get(3))));
        }
        return new ConsentTable(table.version(), rows);
    }

    String version() {
        return version;
    }

    Row row(String dmpState, LocalOpposition opposition) {
        return rows.stream()
                .filter(row -> row.fits(dmpState, opposition))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "consent-rules.csv has no row for " + dmpState + " and " + opposition));
    }
}
