package org.mssante.server.auth;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * Whom and what a client names in a log-in, true or not: what the trace of a refused one is found by.
 *
 * @param person who he says he is
 * @param mailbox the one he asks for
 */
public record LoginNames(Optional<MailAddress> person, Optional<MailAddress> mailbox) {
    public static final LoginNames NONE = new LoginNames(Optional.empty(), Optional.empty());
}
