package org.mssante.annuaire.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import org.mssante.core.id.MailAddress;

/**
 * Where and how notices are submitted: SMTP over TLS, logged in by client certificate (SASL EXTERNAL, RFC 4422).
 *
 * @param mailbox of type APP, whose certificate this is; notices come from it
 * @param certificate folder of its key and certificate, read at each sending
 * @param anchors folder of the authorities the mail server is trusted by
 */
public record NoticeSubmission(
        String host, int port, MailAddress mailbox, Path certificate, Path anchors, Duration timeout) {}
