package org.mssante.dmp.bridge.ledger;

/**
 * A mail or a document this instance has in hand and has not read yet.
 *
 * @param octets of its content
 */
public record Claimed(long id, long octets) {}
