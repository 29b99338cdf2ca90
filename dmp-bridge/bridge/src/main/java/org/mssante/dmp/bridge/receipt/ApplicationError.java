package org.mssante.dmp.bridge.receipt;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;

/**
 * The application error of a receipt, 900 to 906 with its label (CI-SIS, table of application errors). The label is in
 * ASCII, as the fields of a notification are (RFC 8098 §3.1).
 */
record ApplicationError(int code, String label) {
    private static final int OTHER = 906;

    /** The error of the first refused document; empty where all are filed. */
    static Optional<ApplicationError> of(List<DocumentOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.state() == DocumentState.REFUSED)
                .findFirst()
                .map(outcome -> outcome.outcome().applicationCode().orElse(OTHER))
                .map(code -> new ApplicationError(code, label(code)));
    }

    private static String label(int code) {
        return switch (code) {
            case 900 -> "Version incorrecte";
            case 901 -> "Auteur non autorise";
            case 902 -> "Identifiant de patient inconnu";
            case 903 -> "INS absent";
            case 904 -> "INS different";
            case 905 -> "INS incomplet";
            default -> "Autre erreur";
        };
    }
}
