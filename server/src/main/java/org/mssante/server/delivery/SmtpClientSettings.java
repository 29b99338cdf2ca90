package org.mssante.server.delivery;

import java.time.Duration;

/**
 * How this server behaves as an SMTP client.
 *
 * @param heloName our fully qualified host name, said in EHLO
 * @param connect time for a TCP connection, over all addresses of a host
 * @param reply time for each octet of an answer
 * @param dataEnd time for each octet of the answer to a whole message, while the peer stores it (RFC 5321 §4.5.3.2.6)
 * @param session time for one attempt in all its connections, so that a peer that trickles cannot keep a worker; longer
 *     than {@code dataEnd}, and shorter than the time after which the queue hands a message out again
 */
public record SmtpClientSettings(
        String heloName, Duration connect, Duration reply, Duration dataEnd, Duration session) {}
