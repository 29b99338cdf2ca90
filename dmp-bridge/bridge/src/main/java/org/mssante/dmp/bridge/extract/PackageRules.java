package org.mssante.dmp.bridge.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        /** Nobody knows whether there is a document: written down for the operator, and no receipt is owed for it. */
        record Note(Outcome outcome) implements Rule {}

        /** Every document of the submission set is refused. */
        record RefuseSet(Outcome outcome) implements Rule {}
    }

    /** @param unstated what it means that a mail does not say whether the INS is qualified */
    static PackageRules shipped(UnstatedQualification unstated) {
        CodeTable table = CodeTable.load(PackageRules.class, "package-rules.csv");
        Map<PackageFinding, Rule> rules = new EnumMap<>(PackageFinding.class);
        for (PackageFinding finding : PackageFinding.values()) {
            List<String> row = table.row(finding.name())
                    .orElseThrow(() -> new IllegalStateException("package-rules.csv has no row " + finding));
            rules.put(finding, rule(row));
        }
        if (unstated == UnstatedQualification.REFUSE) {
            rules.put(PackageFinding.INS_QUALIFICATION_UNSTATED, new Rule.Refuse(Outcome.INS_NOT_QUALIFIED));
        }
        return new PackageRules(rules);
    }

    Rule rule(PackageFinding finding) {
        return rules.get(finding);
    }

    /** The document with what was found of it, or its refusal. */
    Extracted applied(PackageFinding finding, Extracted.Document document) {
        if (rule(finding) instanceof Rule.Warn) {
            List<String> warnings = new ArrayList<>(document.warnings());
            warnings.add(finding.words());
            return new Extracted.Document(
                    document.source(),
                    document.bytes(),
                    document.header(),
                    document.metadata(),
                    document.announced(),
                    warnings);
        }
        return new Extracted.Refused(
                document.source(), document.id(), Optional.of(document.bytes()), outcome(finding), finding.words());
    }

    /** A part that nobody could look into. */
    Extracted unopened(PackageFinding finding, String source, String what) {
        String detail = what.isEmpty() ? finding.words() : finding.words() + ": " + what;
        return rule(finding) instanceof Rule.Note note
                ? new Extracted.Noted(source, note.outcome(), detail)
                : Extracted.Refused.of(source, outcome(finding), detail);
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
            case "NOTE" -> new Rule.Note(Outcome.valueOf(row.get(1)));
            case "REFUSE_SET" -> new Rule.RefuseSet(Outcome.valueOf(row.get(1)));
            default -> throw new IllegalStateException("package-rules.csv knows no verdict " + row.get(0));
        };
    }
}
