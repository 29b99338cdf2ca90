package org.mssante.server.imap;

/**
 * What one IMAP port bears.
 *
 * @param literalBytes the largest literal, hence the largest message to APPEND (CVE-2024-37358)
 * @param lineLength of a command, in octets
 * @param connections at once on a port
 * @param connectionsPerAddress at once from one address
 * @param threads that read commands
 */
public record ImapLimits(long literalBytes, int lineLength, int connections, int connectionsPerAddress, int threads) {}
