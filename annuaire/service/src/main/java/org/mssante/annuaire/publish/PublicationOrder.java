package org.mssante.annuaire.publish;

import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/** What the annuaire national is to do about one mailbox. */
public sealed interface PublicationOrder {
    MailAddress address();

    MailboxType type();

    Carrier carrier();

    /** The name of the order in reports and files: {@code PUBLISH}, {@code UPDATE}, {@code WITHDRAW}. */
    String action();

    /** What the mailbox is to say there. */
    sealed interface OfMailbox extends PublicationOrder {
        PublicMailbox mailbox();

        @Override
        default MailAddress address() {
            return mailbox().address();
        }

        @Override
        default MailboxType type() {
            return mailbox().type();
        }

        @Override
        default Carrier carrier() {
            return mailbox().carrier();
        }
    }

    /** It is not there yet. */
    record Publish(PublicMailbox mailbox) implements OfMailbox {
        @Override
        public String action() {
            return "PUBLISH";
        }
    }

    /** It is there and says something else. */
    record Update(PublicMailbox mailbox) implements OfMailbox {
        @Override
        public String action() {
            return "UPDATE";
        }
    }

    /** It is there and must not be, or not at this carrier. */
    record Withdraw(MailAddress address, MailboxType type, Carrier carrier) implements PublicationOrder {
        @Override
        public String action() {
            return "WITHDRAW";
        }
    }
}
