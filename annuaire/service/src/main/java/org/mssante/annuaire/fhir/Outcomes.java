package org.mssante.annuaire.fhir;

import org.hl7.fhir.r4.model.OperationOutcome;

/** What is said of an answer that is not all that was asked for. */
final class Outcomes {
    private Outcomes() {}

    /** Beside what is given. */
    static OperationOutcome limit(String what) {
        return tooCostly(
                OperationOutcome.IssueSeverity.WARNING,
                what + ": a professional gets no more entries for one search, mailboxes included; narrow it down");
    }

    /** Instead of anything. */
    static OperationOutcome tooLarge() {
        return tooCostly(
                OperationOutcome.IssueSeverity.ERROR,
                "a single resource with its mailboxes is larger than this server gives at once");
    }

    private static OperationOutcome tooCostly(OperationOutcome.IssueSeverity severity, String words) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(severity)
                .setCode(OperationOutcome.IssueType.TOOCOSTLY)
                .setDiagnostics(words);
        return outcome;
    }
}
