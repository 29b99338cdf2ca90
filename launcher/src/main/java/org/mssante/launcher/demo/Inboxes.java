package org.mssante.launcher.demo;

import java.time.Duration;
import java.util.Optional;
import org.mssante.launcher.Polling;
import org.mssante.launcher.mail.ImapClient;
import org.mssante.launcher.mail.ReceivedMail;

/** Looks into inboxes again until what is expected has arrived. */
final class Inboxes {
    private final Polling polling;
    private final Duration patience;

    Inboxes(Polling polling, Duration patience) {
        this.polling = polling;
        this.patience = patience;
    }

    Optional<ReceivedMail> await(ImapClient client, String messageId) {
        return polling.await(patience, () -> client.find(messageId));
    }

    Optional<ReceivedMail> awaitReplyTo(ImapClient client, String messageId) {
        return polling.await(patience, () -> client.findReplyTo(messageId));
    }
}
