package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * The receipts that have yet to be sent.
 *
 * @param oldest since when the oldest is owed; empty where none is
 */
public record OpenReceipts(long count, Optional<Instant> oldest) {}
