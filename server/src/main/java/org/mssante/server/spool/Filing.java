package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.mailbox.ReceivedMessage;
import org.mssante.server.storage.sql.UnitOfWork;

/** Hands delivered messages to the queue of the DMP bridge, for the mailboxes that want their documents filed. */
final class Filing {
    private final BridgeQueue bridge;

    @Inject
    Filing(BridgeQueue bridge) {
        this.bridge = bridge;
    }

    /** Those of the recipients whose copy goes to the bridge. */
    List<MailAddress> wanted(Map<MailAddress, Mailbox> recipients, ReceivedMessage message) throws IOException {
        List<MailAddress> wanted = recipients.keySet().stream()
                .filter(recipient -> recipients.get(recipient).dmpFiling().isWanted())
                .toList();
        if (wanted.isEmpty()) {
            return wanted;
        }
        try (InputStream in = message.open()) {
            return DocumentScan.mayCarryDocument(in) ? wanted : List.of();
        }
    }

    /** The copy asks for no reports: what the sender asked for ends at the mailbox. */
    void handOver(UnitOfWork unit, MailImpl mail, MailAddress recipient, ReceivedMessage message) throws SQLException {
        MailImpl copy = Envelopes.withoutWishes(
                Envelopes.copy(mail, mail.getName() + "-filing-" + recipient.asString(), List.of(recipient)));
        bridge.stored().enQueue(unit, copy, message.content(), Duration.ZERO);
    }
}
