package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.mailbox.ReceivedMessage;
import org.mssante.server.storage.sql.UnitOfWork;

/** Hands delivered messages to the queue of the DMP bridge, for the mailboxes that want their documents filed. */
final class Filing {
    private final Directory directory;
    private final BridgeQueue bridge;

    @Inject
    Filing(Directory directory, BridgeQueue bridge) {
        this.directory = directory;
        this.bridge = bridge;
    }

    /**
     * Those of the recipients whose copy goes to the bridge.
     *
     * @throws MessagingException where the directory does not say what a mailbox wants
     */
    List<MailAddress> wanted(List<MailAddress> recipients, ReceivedMessage message)
            throws MessagingException, IOException {
        List<MailAddress> wanted = new ArrayList<>();
        for (MailAddress recipient : recipients) {
            if (wantsFiling(recipient)) {
                wanted.add(recipient);
            }
        }
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

    private boolean wantsFiling(MailAddress recipient) throws MessagingException {
        Lookup<Mailbox> lookup = directory.mailbox(JamesNames.address(recipient).orElseThrow());
        if (lookup instanceof Lookup.Unavailable<Mailbox> unavailable) {
            throw new MessagingException("the directory does not say whether to file: " + unavailable.why());
        }
        return lookup.found().map(Mailbox::dmpFiling).map(DmpFiling::isWanted).orElse(false);
    }
}
