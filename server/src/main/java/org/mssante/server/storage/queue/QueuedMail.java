package org.mssante.server.storage.queue;

import java.time.Instant;
import org.apache.mailet.Mail;

/**
 * A mail in a queue as somebody sees it who only looks.
 *
 * @param mail a view; its bytes come from the database when asked for
 * @param readable false where only the name and the bytes of the mail can be told: it waits until an operator lets it be
 *     read anew
 * @param inHand somebody works on it; it comes back at {@code nextDelivery} if he never says how it ended
 * @param nextDelivery when it may be taken, in the past where it is due
 */
public record QueuedMail(Mail mail, boolean readable, Instant arrived, boolean inHand, Instant nextDelivery) {}
