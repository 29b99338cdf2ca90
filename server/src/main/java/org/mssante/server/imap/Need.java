package org.mssante.server.imap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.CapabilityRequest;
import org.apache.james.imap.message.request.CheckRequest;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.message.request.CompressRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteACLRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.EnableRequest;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.GetACLRequest;
import org.apache.james.imap.message.request.GetMetadataRequest;
import org.apache.james.imap.message.request.GetQuotaRequest;
import org.apache.james.imap.message.request.GetQuotaRootRequest;
import org.apache.james.imap.message.request.IDRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.ListRightsRequest;
import org.apache.james.imap.message.request.LogoutRequest;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.MyRightsRequest;
import org.apache.james.imap.message.request.NamespaceRequest;
import org.apache.james.imap.message.request.NoopRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.request.SetACLRequest;
import org.apache.james.imap.message.request.SetMetadataRequest;
import org.apache.james.imap.message.request.SetQuotaRequest;
import org.apache.james.imap.message.request.StartTLSRequest;
import org.apache.james.imap.message.request.StatusRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.message.request.SubscribeRequest;
import org.apache.james.imap.message.request.UnselectRequest;
import org.apache.james.imap.message.request.UnsubscribeRequest;
import org.apache.james.imap.message.request.XListRequest;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.mssante.annuaire.api.MemberRight;

/**
 * What a command needs of the person who sends it: a right of the mailbox's members (mssante.md §5.3), and whether it changes
 * the selected folder. A command that is not listed here needs what nobody has: it is refused until somebody decides.
 *
 * @param right none: whoever is logged in
 */
record Need(Optional<MemberRight> right, boolean changesSelected) {
    private static final Need NOTHING = new Need(Optional.empty(), false);
    private static final Need READ = new Need(Optional.of(MemberRight.READ), false);
    private static final Need WRITE = new Need(Optional.of(MemberRight.WRITE), false);
    private static final Need WRITE_SELECTED = new Need(Optional.of(MemberRight.WRITE), true);
    private static final Need OWN_SEEN = new Need(Optional.of(MemberRight.READ), true);
    private static final Need MANAGE = new Need(Optional.of(MemberRight.MANAGE), false);
    private static final String PRIVATE_ANNOTATIONS = "/private/";

    private static final Map<Class<?>, Need> BY_COMMAND = Map.ofEntries(
            // valid before log-in only, as James' commands check themselves
            Map.entry(NamedLogin.class, NOTHING),
            Map.entry(AuthenticateRequest.class, NOTHING),
            Map.entry(IRAuthenticateRequest.class, NOTHING),
            Map.entry(StartTLSRequest.class, NOTHING),
            Map.entry(CapabilityRequest.class, NOTHING),
            Map.entry(NoopRequest.class, NOTHING),
            Map.entry(LogoutRequest.class, NOTHING),
            Map.entry(IDRequest.class, NOTHING),
            Map.entry(EnableRequest.class, NOTHING),
            Map.entry(CompressRequest.class, NOTHING),
            Map.entry(NamespaceRequest.class, NOTHING),
            Map.entry(UnselectRequest.class, NOTHING),
            // expunges only where its sender may (CloseCommand)
            Map.entry(CloseRequest.class, NOTHING),
            Map.entry(SelectRequest.class, READ),
            Map.entry(ExamineRequest.class, READ),
            Map.entry(StatusRequest.class, READ),
            Map.entry(ListRequest.class, READ),
            Map.entry(LsubRequest.class, READ),
            Map.entry(XListRequest.class, READ),
            Map.entry(FetchRequest.class, READ),
            Map.entry(SearchRequest.class, READ),
            Map.entry(CheckRequest.class, READ),
            Map.entry(IdleRequest.class, READ),
            Map.entry(GetACLRequest.class, READ),
            Map.entry(MyRightsRequest.class, READ),
            Map.entry(ListRightsRequest.class, READ),
            Map.entry(GetQuotaRequest.class, READ),
            Map.entry(GetQuotaRootRequest.class, READ),
            Map.entry(GetMetadataRequest.class, READ),
            Map.entry(StoreRequest.class, WRITE_SELECTED),
            Map.entry(ExpungeRequest.class, WRITE_SELECTED),
            Map.entry(MoveRequest.class, WRITE_SELECTED),
            Map.entry(CopyRequest.class, WRITE),
            Map.entry(AppendRequest.class, WRITE),
            Map.entry(CreateRequest.class, WRITE),
            Map.entry(DeleteRequest.class, WRITE),
            Map.entry(RenameRequest.class, WRITE),
            // one list of subscriptions for all members
            Map.entry(SubscribeRequest.class, WRITE),
            Map.entry(UnsubscribeRequest.class, WRITE),
            Map.entry(SetMetadataRequest.class, WRITE),
            // done by nobody (FolderRules)
            Map.entry(SetACLRequest.class, MANAGE),
            Map.entry(DeleteACLRequest.class, MANAGE),
            Map.entry(SetQuotaRequest.class, MANAGE));

    /** Empty where the command is none we have decided about. */
    static Optional<Need> of(ImapRequest request) {
        if (request instanceof StoreRequest store && touchesOwnSeenOnly(store)) {
            return Optional.of(OWN_SEEN);
        }
        return request instanceof SetMetadataRequest set && notesForHimself(set)
                ? Optional.of(READ)
                : of(request.getClass());
    }

    /** What a command needs whatever its arguments are. */
    static Optional<Need> of(Class<? extends ImapRequest> command) {
        return Optional.ofNullable(BY_COMMAND.get(command));
    }

    /** \Seen is each member's own: adding or removing it changes nothing for the others. */
    private static boolean touchesOwnSeenOnly(StoreRequest store) {
        Flags flags = store.getFlags();
        return store.getFlagsUpdateMode() != FlagsUpdateMode.REPLACE
                && flags.getUserFlags().length == 0
                && List.of(flags.getSystemFlags()).equals(List.of(Flags.Flag.SEEN));
    }

    /** Annotations below /private are each member's own (RFC 5464 §3.3), as is his \Seen. */
    private static boolean notesForHimself(SetMetadataRequest set) {
        return set.getMailboxAnnotations().stream()
                .map(MailboxAnnotation::getKey)
                .allMatch(key -> key.asString().startsWith(PRIVATE_ANNOTATIONS));
    }
}
