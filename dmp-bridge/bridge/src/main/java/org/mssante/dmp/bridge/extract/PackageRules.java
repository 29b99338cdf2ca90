package org.mssante.dmp.bridge.extract;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CodeTable;

/** The rule table of packages, read from {@code package-rules.csv}: every finding has a verdict. */
final class PackageRules {
    private final Map<PackageFinding, Rule> rules;

    private PackageRules(Map<PackageFinding, Rule> rules) {
        this.rules = rules;
    }

    /** What a finding means. */
    sealed interface Rule {
        /** The document is filed, the finding traced. */
        record Warn() implements Rule {}

        /** The document is refused. */
        record Refuse(Outcome outcome) implements Rule {}

        /** Every document of the submission set is refused. */
        record RefuseSet(Outcome outcome) implements Rule {}
    }

    static PackageRules shipped() {
        CodeTable table = CodeTable.load(PackageRules.class, "package-rules.csv");
        Map<PackageFinding, Rule> rules = new EnumMap<>(PackageFinding.class);
        for (PackageFinding finding : PackageFinding.values()) {
            List<String> row = table.row(finding.name())
                    .orElseThrow(() -> new IllegalStateException("package-rules.csv has no row " + finding));
            rules.put(finding, rule(row));
        }
        return new PackageRules(rules);
    }

    Rule rule(PackageFinding finding) {
        return rules.get(finding);
    }

    /** The outcome of a finding whose verdict is a refusal. */
    Outcome outcome(PackageFinding finding) {
        Rule rule = rule(finding);
        if (rule instanceof Rule.Refuse refuse) {
            return refuse.outcome();
        }
        if (rule instanceof Rule.RefuseSet refuse) {
            return refuse.outcome();
        }
        throw new IllegalArgumentException("the finding " + finding + " refuses nothing");
    }

    private static Rule rule(List<String> row) {
        return switch (row.get(0)) {
            case "WARN" -> new Rule.Warn();
            case "REFUSE" -> new Rule.Refuse(Outcome.valueOf(row.get(1)));
            case "REFUSE_SET" -> new Rule.RefuseSet(Outcome.valueOf(row.get(1)));
            default -> throw new IllegalStateException("package-rules.csv knows no verdict " + row.get(0));
        };
    }
}
