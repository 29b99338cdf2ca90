package org.mssante.server.spool;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.Mailboxes;

/**
 * One message from the spool to where it goes. A recipient leaves the mail's list as soon as he is served, so that a
 * second attempt after a failure does not serve him twice.
 */
final class MessageWay {
    private final Signing signing;
    private final Mailboxes mailboxes;
    private final LocalRecipients local;
    private final OutgoingQueue outgoing;

    @Inject
    MessageWay(Signing signing, Mailboxes mailboxes, LocalRecipients local, OutgoingQueue outgoing) {
        this.signing = signing;
        this.mailboxes = mailboxes;
        this.local = local;
        this.outgoing = outgoing;
    }

    void go(MailImpl mail) throws MessagingException {
        signing.apply(mail);
        Map<Boolean, List<MailAddress>> byPlace =
                mail.getRecipients().stream().distinct().collect(Collectors.partitioningBy(this::isOurs));
        Collection<MailAddress> elsewhere = byPlace.get(false);
        if (!elsewhere.isEmpty()) {
            handOn(mail, elsewhere);
            mail.setRecipients(byPlace.get(true));
        }
        local.serve(mail);
    }

    private void handOn(MailImpl mail, Collection<MailAddress> recipients) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(mail.getName() + "-out");
            copy.setRecipients(recipients);
            outgoing.queue().enQueue(copy);
        } finally {
            copy.dispose();
        }
    }

    private boolean isOurs(MailAddress recipient) {
        Optional<org.mssante.core.id.MailAddress> address = JamesNames.address(recipient);
        return address.map(known -> mailboxes.isOurs(known.domain())).orElse(false);
    }
}
