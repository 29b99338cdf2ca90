package org.mssante.server.delivery;

import java.time.Duration;

/**
 * How this server behaves as an SMTP client.
 *
 * @param heloName our fully qualified host name, said in EHLO
 * @param connect time for a TCP connection
 * @param reply time for each octet of an answer; RFC 5321 §4.5.3.2 asks for 5 minutes at most commands
 * @param session time for one connection in all, so that a peer that trickles cannot keep a worker
 */
public record SmtpClientSettings(String heloName, Duration connect, Duration reply, Duration session) {

    public static SmtpClientSettings of(String heloName) {
        return new SmtpClientSettings(heloName, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(30));
    }
}
