package org.mssante.server.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.mssante.core.id.MailAddress;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.sending.SendingLimits;

/**
 * Whose limits a message has to keep: those of the mailbox that was logged in to, and those of the one it is sent as. A person who logs
 * in as his practice has no more room for himself, nor has a practice with many members.
 */
final class SendingMailboxes {
    private final Mailboxes mailboxes;
    private final SendingLimits sending;

    @Inject
    SendingMailboxes(Mailboxes mailboxes, SendingLimits sending) {
        this.mailboxes = mailboxes;
        this.sending = sending;
    }

    /** @param sentAs where it is known already; whether the login may send so is asked elsewhere */
    Map<MailAddress, SendingLimits.OfType> of(Login login, Optional<MailAddress> sentAs) {
        Map<MailAddress, SendingLimits.OfType> limits = new LinkedHashMap<>();
        limits.put(login.mailbox(), sending.of(login.type()));
        sentAs.filter(address -> !limits.containsKey(address))
                .map(mailboxes::recipient)
                .filter(MailboxDecision.Accepted.class::isInstance)
                .map(known -> ((MailboxDecision.Accepted) known).mailbox())
                .ifPresent(mailbox -> limits.put(mailbox.address(), sending.of(mailbox.type())));
        return limits;
    }

    /** One limit of each of them. */
    static Map<MailAddress, Long> each(
            Map<MailAddress, SendingLimits.OfType> limits, ToLongFunction<SendingLimits.OfType> which) {
        return limits.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, limit -> which.applyAsLong(limit.getValue())));
    }

    /** The narrowest of one of their limits. */
    static long narrowest(Map<MailAddress, SendingLimits.OfType> limits, ToLongFunction<SendingLimits.OfType> which) {
        return limits.values().stream().mapToLong(which).min().orElseThrow();
    }
}
