package org.mssante.dmp.bridge.ledger;

/**
 * What became of a mail handed over.
 *
 * @param known true where the same mail for the same recipients had been accepted before
 */
public record Delivery(long id, String messageId, String sha256, long size, boolean known) {}
