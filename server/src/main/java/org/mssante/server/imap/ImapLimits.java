package org.mssante.server.imap;

import java.time.Duration;
import org.mssante.server.imap.wire.CommandLimits;

/**
 * What one IMAP port bears.
 *
 * @param command how large a command may become
 * @param connections at once on a port
 * @param connectionsPerAddress at once from one address of IPv4, or one network (/64) of IPv6
 * @param threads that read commands
 * @param loginTimeout how long a client may stay without being logged in
 * @param idleTimeout how long a client may be silent; at least 30 minutes (RFC 3501 §5.4)
 */
public record ImapLimits(
        CommandLimits command,
        int connections,
        int connectionsPerAddress,
        int threads,
        Duration loginTimeout,
        Duration idleTimeout) {}
