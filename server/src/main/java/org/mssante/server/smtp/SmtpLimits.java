package org.mssante.server.smtp;

import java.time.Duration;

/**
 * What one SMTP port bears.
 *
 * @param messageBytes the largest message, announced by SIZE (RFC 1870)
 * @param headerBytes the longest header of a message, with the blank line behind it
 * @param recipients of one message
 * @param authenticationFailures after which the connection ends
 * @param connections at once on a port
 * @param connectionsPerAddress at once from one address of IPv4, or one network (/64) of IPv6
 * @param errors refused commands after which a connection ends
 * @param commands of one connection
 * @param lineBytes of one line, of a command or of a message, its end included
 * @param line how long a line may take to arrive
 * @param untilTls how long a connection may stay in clear
 * @param idle after which a silent connection ends
 * @param threads that read commands; a hook that waits for the directory holds one of them
 */
public record SmtpLimits(
        long messageBytes,
        long headerBytes,
        int recipients,
        int authenticationFailures,
        int connections,
        int connectionsPerAddress,
        int errors,
        int commands,
        int lineBytes,
        Duration line,
        Duration untilTls,
        Duration idle,
        int threads) {}
