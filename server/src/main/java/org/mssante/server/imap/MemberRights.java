package org.mssante.server.imap;

import java.util.function.Predicate;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.message.response.MyRightsResponse;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.mssante.annuaire.api.MemberRight;

/**
 * What MYRIGHTS answers to a member of a shared mailbox: James sees the mailbox's own name in the session and would say that
 * all is allowed; the gate lets pass what his rights as a member allow (see {@link Need}).
 */
final class MemberRights implements ImapProcessor.Responder {
    private final ImapProcessor.Responder client;
    private final Predicate<MemberRight> granted;

    MemberRights(ImapProcessor.Responder client, Predicate<MemberRight> granted) {
        this.client = client;
        this.granted = granted;
    }

    @Override
    public void respond(ImapResponseMessage message) {
        client.respond(message instanceof MyRightsResponse rights ? within(rights) : message);
    }

    @Override
    public void flush() {
        client.flush();
    }

    private MyRightsResponse within(MyRightsResponse said) {
        Rfc4314Rights left = said.getMyRights();
        try {
            for (Right right : said.getMyRights().list()) {
                if (!granted.test(neededFor(right))) {
                    left = left.except(new Rfc4314Rights(right));
                }
            }
        } catch (UnsupportedRightException e) {
            throw new IllegalStateException("James' own rights are not supported", e);
        }
        return new MyRightsResponse(said.getMailboxName(), left);
    }

    /** \\Seen is each reader's own. */
    private static MemberRight neededFor(Right right) {
        return switch (right) {
            case Lookup, Read, WriteSeenFlag -> MemberRight.READ;
            case Administer -> MemberRight.MANAGE;
            default -> MemberRight.WRITE;
        };
    }
}
