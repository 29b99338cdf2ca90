package org.mssante.dmp.bridge.extract;

import java.util.List;

/**
 * Only a qualified INS may feed a DMP. The header X-MSS-INS of a mail says {@code O} where it is, {@code N} where it is not
 * (ECO.2.4.2). A mail inside another has its own word, which counts for its documents, too.
 */
final class QualificationCheck {
    private final PackageRules rules;

    QualificationCheck(PackageRules rules) {
        this.rules = rules;
    }

    /** What was found in a mail that says that the INS is not qualified. */
    List<Extracted> denied(List<Extracted> found) {
        return applied(PackageFinding.INS_NOT_QUALIFIED, found);
    }

    /** What was found in the mail that was received, judged by what its header leaves open. */
    List<Extracted> unstated(MailHeader header, List<Extracted> found) {
        return header.qualification() == Qualification.UNSTATED
                ? applied(PackageFinding.INS_QUALIFICATION_UNSTATED, found)
                : found;
    }

    private List<Extracted> applied(PackageFinding finding, List<Extracted> found) {
        return found.stream()
                .map(result ->
                        result instanceof Extracted.Document document ? rules.applied(finding, document) : result)
                .toList();
    }
}
