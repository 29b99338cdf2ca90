package org.mssante.server.imap;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.message.response.ACLResponse;
import org.apache.james.imap.message.response.ListRightsResponse;
import org.apache.james.imap.message.response.MyRightsResponse;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.mssante.annuaire.api.MemberRight;

/**
 * What MYRIGHTS, GETACL and LISTRIGHTS answer. James sees the mailbox's own name in the session of a member and would say that
 * all is allowed; the gate lets pass what his rights as a member allow (see {@link Need}). Nobody, holders and managers included, has
 * the right to administer (RFC 4314 §2.1, {@code a}) or could be given any: SETACL and DELETEACL are refused (decision 25).
 */
final class RightsAnswers implements ImapProcessor.Responder {
    private final ImapProcessor.Responder client;
    private final Predicate<MemberRight> granted;

    RightsAnswers(ImapProcessor.Responder client, Predicate<MemberRight> granted) {
        this.client = client;
        this.granted = granted;
    }

    @Override
    public void respond(ImapResponseMessage message) {
        if (message instanceof MyRightsResponse rights) {
            client.respond(within(rights));
        } else if (message instanceof ACLResponse list) {
            client.respond(withoutAdministration(list));
        } else if (message instanceof ListRightsResponse rights) {
            client.respond(withoutGifts(rights));
        } else {
            client.respond(message);
        }
    }

    @Override
    public void flush() {
        client.flush();
    }

    private MyRightsResponse within(MyRightsResponse said) {
        Rfc4314Rights left = withoutAdministration(said.getMyRights());
        for (Right right : left.list()) {
            if (!granted.test(neededFor(right))) {
                left = without(right, left);
            }
        }
        return new MyRightsResponse(said.getMailboxName(), left);
    }

    private static ACLResponse withoutAdministration(ACLResponse said) {
        Map<MailboxACL.EntryKey, Rfc4314Rights> entries = said.getAcl().getEntries().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> withoutAdministration(entry.getValue())));
        return new ACLResponse(said.getMailboxName(), new MailboxACL(entries));
    }

    /** The first are those that are always given, those behind it would be given by SETACL (RFC 4314 §3.7). */
    private static ListRightsResponse withoutGifts(ListRightsResponse said) {
        return new ListRightsResponse(
                said.getMailboxName(),
                said.getIdentifier(),
                said.getRights().stream()
                        .limit(1)
                        .map(RightsAnswers::withoutAdministration)
                        .toList());
    }

    private static Rfc4314Rights withoutAdministration(Rfc4314Rights rights) {
        return without(Right.Administer, rights);
    }

    private static Rfc4314Rights without(Right right, Rfc4314Rights rights) {
        try {
            return rights.except(new Rfc4314Rights(right));
        } catch (UnsupportedRightException e) {
            throw new IllegalStateException("James' own rights are not supported", e);
        }
    }

    /** \\Seen is each reader's own. */
    private static MemberRight neededFor(Right right) {
        return switch (right) {
            case Lookup, Read, WriteSeenFlag -> MemberRight.READ;
            default -> MemberRight.WRITE;
        };
    }
}
