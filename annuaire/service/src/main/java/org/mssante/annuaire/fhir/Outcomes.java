package org.mssante.annuaire.fhir;

import org.hl7.fhir.r4.model.OperationOutcome;

/** What is said of an answer that is not all that was asked for. */
final class Outcomes {
    private Outcomes() {}

    /** Beside what is given. */
    static OperationOutcome limit(String what) {
        return issue(
                OperationOutcome.IssueSeverity.WARNING,
                OperationOutcome.IssueType.TOOCOSTLY,
                what + ": a professional gets no more entries for one search, mailboxes included; narrow it down");
    }

    /** Instead of anything. */
    static OperationOutcome tooLarge() {
        return error(
                OperationOutcome.IssueType.TOOCOSTLY,
                "a single resource with its mailboxes is larger than this server gives at once");
    }

    /** Instead of an answer. */
    static OperationOutcome error(OperationOutcome.IssueType code, String words) {
        return issue(OperationOutcome.IssueSeverity.ERROR, code, words);
    }

    private static OperationOutcome issue(
            OperationOutcome.IssueSeverity severity, OperationOutcome.IssueType code, String words) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(severity).setCode(code).setDiagnostics(words);
        return outcome;
    }
}
