package org.mssante.dmp.bridge.ledger;

import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/** How one document of a mail ended, for the receipt. */
public record DocumentOutcome(
        String source, Optional<String> documentId, DocumentState state, Outcome outcome, String detail) {}
