package org.mssante.server.imap;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.SectionType;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteACLRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.SetACLRequest;
import org.apache.james.imap.message.request.SetMetadataRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.Membership;
import org.mssante.server.trace.SessionFacts;

/**
 * What people do to messages and folders, as lines of the trace: the person, for which mailbox, the action, the request and
 * the server's reply (SC.MSS/CONF.18, ECO.4.1.2; mssante.md §9.1). Never a word of a message.
 */
public final class CommandTrace {
    private static final Map<Class<?>, Event> BY_COMMAND = Map.ofEntries(
            Map.entry(ExpungeRequest.class, Event.MESSAGES_EXPUNGED),
            Map.entry(CloseRequest.class, Event.MESSAGES_EXPUNGED),
            Map.entry(MoveRequest.class, Event.MESSAGES_MOVED),
            Map.entry(CopyRequest.class, Event.MESSAGES_COPIED),
            Map.entry(AppendRequest.class, Event.MESSAGE_ADDED),
            Map.entry(CreateRequest.class, Event.FOLDER_CHANGED),
            Map.entry(DeleteRequest.class, Event.FOLDER_CHANGED),
            Map.entry(RenameRequest.class, Event.FOLDER_CHANGED),
            Map.entry(SetMetadataRequest.class, Event.FOLDER_ANNOTATED));
    /** Parts of a message that are more than what a list of messages shows of it. */
    private static final Set<SectionType> CONTENT = EnumSet.of(SectionType.CONTENT, SectionType.TEXT);

    private static final Set<MailboxType> SHARED = EnumSet.of(MailboxType.ORG, MailboxType.CAB);

    private final Trace trace;

    @Inject
    public CommandTrace(Trace trace) {
        this.trace = trace;
    }

    /** Which event the command is; empty where it changes nothing, and takes no content out of a shared mailbox. */
    static Optional<Event> event(ImapRequest request, ImapSession session) {
        if (request instanceof StoreRequest store) {
            return Optional.of(event(store));
        }
        if (request instanceof FetchRequest fetch) {
            return event(fetch, session);
        }
        boolean keepsAll = request instanceof CloseRequest
                && Opened.in(session)
                        .filter(opened -> opened.access() == Opened.Access.READ_WRITE)
                        .isEmpty();
        return keepsAll ? Optional.empty() : Optional.ofNullable(BY_COMMAND.get(request.getClass()));
    }

    /**
     * A command that was carried out, or that James refused.
     *
     * @param begun what {@link #line} said before it was carried out
     * @param messages how many the answer held something of, or told to be gone
     */
    void carriedOut(TraceEntry begun, ImapRequest request, StatusResponse reply, int messages) {
        boolean counted = request instanceof FetchRequest || request instanceof ExpungeRequest;
        trace.record((counted ? begun.with(Field.COUNT, messages) : begun)
                .with(
                        Field.REPLY,
                        reply.getServerResponseType().getCode() + " "
                                + reply.getTextKey().getDefaultValue()));
    }

    /** A command that was not let through. */
    void refused(Objection objection, ImapRequest request, ImapSession session, Membership who) {
        trace.record(line(Event.COMMAND_REFUSED, request, session, who)
                .outcome(objection.outcome())
                .with(
                        Field.REPLY,
                        "NO [" + objection.code() + "] " + objection.outcome().replyText() + " (" + objection.detail()
                                + ")"));
    }

    /** A command as it is about to be carried out, while its message numbers still mean what the client means. */
    static TraceEntry line(Event event, ImapRequest request, ImapSession session, Membership who) {
        TraceEntry line = SessionFacts.of(session, event).with(Field.ACTOR, who.person());
        TraceEntry there = who.isOwn() ? line : line.with(Field.ON_BEHALF_OF, who.mailbox());
        return there.with(Field.DETAIL, describe(request, session));
    }

    private static Optional<Event> event(FetchRequest fetch, ImapSession session) {
        if (fetch.getFetch().isSetSeen()) {
            return Optional.of(Event.MESSAGES_READ);
        }
        boolean takesContent = fetch.getFetch().getBodyElements().stream()
                .map(BodyFetchElement::getSectionType)
                .anyMatch(CONTENT::contains);
        boolean shared = PersonalLogin.in(session)
                .map(Login::type)
                .filter(SHARED::contains)
                .isPresent();
        return takesContent && shared ? Optional.of(Event.MESSAGES_DOWNLOADED) : Optional.empty();
    }

    private static Event event(StoreRequest store) {
        boolean adds = store.getFlagsUpdateMode() != FlagsUpdateMode.REMOVE;
        if (adds && store.getFlags().contains(Flags.Flag.DELETED)) {
            return Event.MESSAGES_DELETED;
        }
        return adds && store.getFlags().contains(Flags.Flag.SEEN) ? Event.MESSAGES_READ : Event.MESSAGES_MARKED;
    }

    private static String describe(ImapRequest request, ImapSession session) {
        String here = Opened.in(session).map(opened -> " in " + opened.folder()).orElse("");
        if (request instanceof StoreRequest store) {
            return "STORE " + uids(store.getIdSet(), store.isUseUids(), session) + " " + store.getFlagsUpdateMode()
                    + " " + flags(store.getFlags()) + here;
        }
        if (request instanceof FetchRequest fetch) {
            return "FETCH " + uids(fetch.getIdSet(), fetch.isUseUids(), session) + here;
        }
        if (request instanceof ExpungeRequest expunge) {
            return "EXPUNGE "
                    + Optional.ofNullable(expunge.getUidSet())
                            .map(ranges -> "UID " + ids(ranges))
                            .orElse("ALL")
                    + here;
        }
        if (request instanceof AbstractMessageRangeRequest range) {
            return range.getCommand().getName() + " " + uids(range.getIdSet(), range.isUseUids(), session) + here
                    + " to " + range.getMailboxName();
        }
        return request.getCommand().getName() + folders(request);
    }

    private static String folders(ImapRequest request) {
        if (request instanceof AppendRequest append) {
            return " " + append.getMailboxName();
        }
        if (request instanceof CreateRequest create) {
            return " " + create.getMailboxName();
        }
        if (request instanceof DeleteRequest delete) {
            return " " + delete.getMailboxName();
        }
        if (request instanceof RenameRequest rename) {
            return " " + rename.getExistingName() + " to " + rename.getNewName();
        }
        if (request instanceof SetMetadataRequest metadata) {
            return " " + metadata.getMailboxName()
                    + metadata.getMailboxAnnotations().stream()
                            .map(annotation -> " " + annotation.getKey().asString())
                            .collect(Collectors.joining());
        }
        if (request instanceof SetACLRequest acl) {
            return " " + acl.getMailboxName() + " " + acl.getIdentifier() + " " + acl.getRights();
        }
        return request instanceof DeleteACLRequest acl ? " " + acl.getMailboxName() + " " + acl.getIdentifier() : "";
    }

    /**
     * The messages that a command means by their UIDs, as the line of their delivery names them. Message numbers ascend as UIDs do:
     * between the UIDs of the first and of the last of a range are those of the others, and no more.
     */
    private static String uids(IdRange[] ranges, boolean areUids, ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        if (areUids || selected == null) {
            return (areUids ? "UID " : "") + ids(ranges);
        }
        return "UID "
                + Arrays.stream(ranges)
                        .flatMap(range -> uids(range, selected).stream())
                        .collect(Collectors.joining(","));
    }

    private static Optional<String> uids(IdRange numbers, SelectedMailbox selected) {
        long last = selected.existsCount();
        Optional<MessageUid> low = selected.uid((int) Math.min(numbers.getLowVal(), last));
        Optional<MessageUid> high = selected.uid((int) Math.min(numbers.getHighVal(), last));
        return low.flatMap(first -> high.map(end -> first.equals(end) ? text(first) : text(first) + ":" + text(end)));
    }

    private static String text(MessageUid uid) {
        return Long.toString(uid.asLong());
    }

    private static String ids(IdRange[] ranges) {
        return Arrays.stream(ranges).map(CommandTrace::text).collect(Collectors.joining(","));
    }

    private static String text(IdRange range) {
        return range.getFormattedString().replace(Long.toString(Long.MAX_VALUE), "*");
    }

    private static String flags(Flags flags) {
        return Stream.concat(
                        Stream.of(
                                        Map.entry(Flags.Flag.SEEN, "\\Seen"),
                                        Map.entry(Flags.Flag.DELETED, "\\Deleted"),
                                        Map.entry(Flags.Flag.FLAGGED, "\\Flagged"),
                                        Map.entry(Flags.Flag.ANSWERED, "\\Answered"),
                                        Map.entry(Flags.Flag.DRAFT, "\\Draft"))
                                .filter(flag -> flags.contains(flag.getKey()))
                                .map(Map.Entry::getValue),
                        Arrays.stream(flags.getUserFlags()))
                .collect(Collectors.joining(" ", "(", ")"));
    }
}
