package org.mssante.launcher.explain;

import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/**
 * How a document of a message ended.
 *
 * @param documentId empty where the refusal came before an identifier could be read
 */
public record DocumentEnd(Optional<String> documentId, Outcome outcome) {}
