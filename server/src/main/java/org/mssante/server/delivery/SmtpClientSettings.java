package org.mssante.server.delivery;

import java.time.Duration;

/**
 * How this server behaves as an SMTP client.
 *
 * @param heloName our fully qualified host name, said in EHLO
 * @param connect time for a TCP connection
 * @param reply time for each octet of an answer
 * @param session time for one attempt in all its connections, so that a peer that trickles cannot keep a worker; must
 *     be shorter than the time after which the queue hands a message out again
 */
public record SmtpClientSettings(String heloName, Duration connect, Duration reply, Duration session) {}
