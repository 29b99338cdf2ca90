package org.mssante.dmp.bridge.ledger;

import java.time.Instant;

/**
 * The documents of one state that is not final.
 *
 * @param oldest when the oldest was found, or started again by an operator
 */
public record OpenDocuments(DocumentState state, long count, Instant oldest) {}
