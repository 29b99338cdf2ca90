package org.mssante.dmp.bridge.receipt;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.mssante.core.id.MailAddress;

/**
 * Where and how receipts are submitted: SMTP over TLS, logged in by client certificate (SASL EXTERNAL, RFC 4422).
 *
 * @param mailbox the bridge's own
 * @param tls presents the mailbox's certificate
 */
public record Submission(String host, int port, MailAddress mailbox, SSLContext tls, Duration timeout) {}
