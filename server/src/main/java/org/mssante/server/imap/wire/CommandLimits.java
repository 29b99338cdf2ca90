package org.mssante.server.imap.wire;

/**
 * How large a command may become before anybody looks at it.
 *
 * @param line octets of each line of a command
 * @param literal octets of a literal, and of all literals of a command together, for whoever is logged in
 * @param literalBeforeLogin the same for a stranger, who has nothing to send but a name and a password
 * @param literals of one command
 * @param nesting parentheses, NOT and OR inside one another: James reads and evaluates them by recursion
 */
public record CommandLimits(int line, long literal, int literalBeforeLogin, int literals, int nesting) {}
