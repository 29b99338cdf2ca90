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

    /** What the sources said, in the words of the table's columns; as text, the inputs of a recorded decision. */
    record Facts(String dmp, String local, String author, String structure, String masks, String kind) {
        @Override
        public String toString() {
            return "dmp=" + dmp + " local=" + local + " author=" + author + " structure=" + structure + " masks="
                    + masks + " kind=" + kind;
        }
    }

    record Row(String rule, Facts pattern, Verdict verdict, Outcome outcome) {
        boolean fits(Facts facts) {
            return fits(pattern.dmp(), facts.dmp())
                    && fits(pattern.local(), facts.local())
                    && fits(pattern.author(), facts.author())
                    && fits(pattern.structure(), facts.structure())
                    && fits(pattern.masks(), facts.masks())
                    && fits(pattern.kind(), facts.kind());
        }

        private static boolean fits(String pattern, String fact) {
            return pattern.equals(ANY) || pattern.equals(fact);
        }
    }

    static ConsentTable shipped() {
        CodeTable table = CodeTable.load(ConsentTable.class, "consent-rules.csv");
        List<Row> rows = new ArrayList<>();
        for (String rule : table.keys()) {
            List<String> cells = table.row(rule).orElseThrow().stream()
                    .map(cell -> cell.toUpperCase(Locale.ROOT))
                    .toList();
            rows.add(new Row(
                    rule,
                    new Facts(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5)),
                    Verdict.valueOf(cells.get(6)),
                    Outcome.valueOf(cells.get(7))));
        }
        return new ConsentTable(table.version(), rows);
    }

    String version() {
        return version;
    }

    Row row(Facts facts) {
        return rows.stream()
                .filter(row -> row.fits(facts))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("consent-rules.csv has no row for " + facts));
    }
}
