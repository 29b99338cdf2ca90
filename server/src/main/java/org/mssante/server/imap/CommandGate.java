package org.mssante.server.imap;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.main.DeniedAccessOnSharedMailboxException;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.response.ExpungeResponse;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.VanishedResponse;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.imap.Opened.Access;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.mailbox.Membership;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one place every command of a logged-in client passes: whether the person may ({@link Need}), whether the folder is
 * open for changes, and what the trace says of it. A command that nobody thought of is refused here.
 */
public final class CommandGate implements ImapProcessor {
    private static final HumanReadableText GONE =
            new HumanReadableText("org.mssante.GONE", "Selected mailbox has been deleted");

    private static final Objection NO_SUCH_NAMESPACE =
            new Objection("CANNOT", Outcome.FOLDER_IMPOSSIBLE, "the name is of no namespace of this account");

    private final ImapProcessor commands;
    private final Mailboxes mailboxes;
    private final CommandTrace trace;

    public CommandGate(ImapProcessor commands, Mailboxes mailboxes, CommandTrace trace) {
        this.commands = commands;
        this.mailboxes = mailboxes;
        this.trace = trace;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        commands.configure(configuration);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (!(message instanceof ImapRequest request) || session.getMailboxSession() == null) {
            return commands.processReactive(message, responder, session);
        }
        if (isGone(session)) {
            return leave(responder, session);
        }
        Optional<Membership> who = Membership.of(session.getMailboxSession());
        if (who.isEmpty()) {
            return Mono.error(new IllegalStateException("a session without a name of ours"));
        }
        return admit(request, session, who.get())
                .flatMap(admission -> admission.objection().isPresent()
                        ? refuse(admission.objection().get(), request, responder, session, who.get())
                        : carryOut(
                                request,
                                admission.request(),
                                answers(request, admission.request(), responder, who.get()),
                                session,
                                who.get()));
    }

    /**
     * What the gate says to a command.
     *
     * @param request to carry out: the client's own, or what he may have of it
     */
    private record Admission(ImapRequest request, Optional<Objection> objection) {
        static Admission of(ImapRequest request) {
            return new Admission(request, Optional.empty());
        }

        static Admission refused(ImapRequest request, Objection objection) {
            return new Admission(request, Optional.of(objection));
        }
    }

    /** Another client has deleted the folder this one has open: its numbers mean nothing any more. */
    private static boolean isGone(ImapSession session) {
        return Optional.ofNullable(session.getSelected())
                .map(SelectedMailbox::isDeletedByOtherSession)
                .orElse(false);
    }

    private static Mono<Void> leave(Responder responder, ImapSession session) {
        responder.respond(new ImmutableStatusResponse(StatusResponse.Type.BYE, null, null, GONE, null));
        return session.logout();
    }

    /** A person in his own mailbox waits for nobody; for anybody else the annuaire may have to be asked. */
    private Mono<Admission> admit(ImapRequest request, ImapSession session, Membership who) {
        return who.isOwn()
                ? Mono.fromCallable(() -> judge(request, session, who))
                : Mono.fromCallable(() -> judge(request, session, who)).subscribeOn(Schedulers.boundedElastic());
    }

    private Admission judge(ImapRequest request, ImapSession session, Membership who) {
        Optional<Need> need = Need.of(request);
        if (need.isEmpty()) {
            return Admission.refused(
                    request,
                    missing("no right is set for " + request.getCommand().getName()));
        }
        Optional<Objection> objection = FolderRules.objectionTo(request)
                .or(() -> need.get().right().flatMap(right -> objection(who, right)))
                .or(() -> readOnly(need.get(), session));
        return objection
                .map(no -> Admission.refused(request, no))
                .orElseGet(() -> Admission.of(within(request, session, who)));
    }

    private Optional<Objection> objection(Membership who, MemberRight right) {
        if (who.isOwn()) {
            return Optional.empty();
        }
        MailboxDecision decision = who.may(right, mailboxes);
        if (decision instanceof MailboxDecision.Refused no) {
            return Optional.of(new Objection("NOPERM", no.outcome(), no.detail()));
        }
        return decision instanceof MailboxDecision.RetryLater later
                ? Optional.of(new Objection("UNAVAILABLE", later.outcome(), later.detail()))
                : Optional.empty();
    }

    private static Optional<Objection> readOnly(Need need, ImapSession session) {
        return need.changesSelected() && access(session) == Access.EXAMINED
                ? Optional.of(new Objection("CANNOT", Outcome.FOLDER_READ_ONLY, "opened by EXAMINE"))
                : Optional.empty();
    }

    /** The command within the rights of its sender: SELECT opens for reading only, FETCH leaves no mark after EXAMINE. */
    private ImapRequest within(ImapRequest request, ImapSession session, Membership who) {
        if (request instanceof SelectRequest select
                && objection(who, MemberRight.WRITE).isPresent()) {
            return readOnly(select);
        } else if (request instanceof CloseRequest
                && objection(who, MemberRight.WRITE).isPresent()) {
            Opened.in(session).ifPresent(opened -> new Opened(opened.folder(), Access.READ_ONLY).rememberIn(session));
        } else if (request instanceof FetchRequest fetch && access(session) == Access.EXAMINED) {
            return peeking(fetch);
        }
        return request;
    }

    private Mono<Void> refuse(
            Objection objection, ImapRequest request, Responder responder, ImapSession session, Membership who) {
        return Mono.<Void>fromRunnable(() -> {
                    trace.refused(objection, request, session, who);
                    responder.respond(objection.answerTo(request));
                })
                .then(Mono.defer(() -> deselected(request, session)));
    }

    /** Where the client is told something else than what James says of the command. */
    private Responder answers(ImapRequest asked, ImapRequest admitted, Responder client, Membership who) {
        if (asked instanceof SelectRequest select && admitted instanceof ExamineRequest) {
            return new SelectedByReader(client, select);
        }
        return new RightsAnswers(client, right -> objection(who, right).isEmpty());
    }

    /** @param asked by the client, of which {@code request} is what he may have */
    private Mono<Void> carryOut(
            ImapRequest asked, ImapRequest request, Responder responder, ImapSession session, Membership who) {
        Optional<TraceEntry> begun =
                CommandTrace.event(request, session).map(event -> CommandTrace.line(event, request, session, who));
        Listening heard = new Listening(responder);
        return Mono.defer(() -> commands.processReactive(request, heard, session))
                .onErrorResume(
                        DeniedAccessOnSharedMailboxException.class,
                        e -> noSuchNamespace(request, responder, session, who))
                .then(Mono.defer(() -> heard.reply
                        .map(reply -> {
                            begun.ifPresent(line -> trace.carriedOut(line, request, reply, heard.messages.get()));
                            return settled(asked, request, reply, session);
                        })
                        .orElse(Mono.empty())));
    }

    /** What is open from now on, where that was the question. */
    private static Mono<Void> settled(
            ImapRequest asked, ImapRequest request, StatusResponse reply, ImapSession session) {
        if (reply.getServerResponseType() == StatusResponse.Type.NO) {
            return deselected(request, session);
        }
        if (request instanceof AbstractMailboxSelectionRequest selection
                && reply.getServerResponseType() == StatusResponse.Type.OK) {
            new Opened(selection.getMailboxName(), access(asked, selection)).rememberIn(session);
        }
        return Mono.empty();
    }

    private static Access access(ImapRequest asked, AbstractMailboxSelectionRequest carriedOut) {
        if (carriedOut instanceof SelectRequest) {
            return Access.READ_WRITE;
        }
        return asked instanceof SelectRequest ? Access.READ_ONLY : Access.EXAMINED;
    }

    /** Once a selection has failed no folder is open, whatever was before (RFC 3501 §6.3.1); James would leave the last one. */
    private static Mono<Void> deselected(ImapRequest failed, ImapSession session) {
        return failed instanceof AbstractMailboxSelectionRequest ? session.deselect() : Mono.empty();
    }

    /** A name of {@code #user} or of any other namespace than ours, at which James would end the connection: nothing is there. */
    private Mono<Void> noSuchNamespace(ImapRequest request, Responder responder, ImapSession session, Membership who) {
        return request instanceof ListRequest list
                ? Mono.fromRunnable(() -> responder.respond(new ImmutableStatusResponse(
                        StatusResponse.Type.OK, list.getTag(), list.getCommand(), HumanReadableText.COMPLETED, null)))
                : refuse(NO_SUCH_NAMESPACE, request, responder, session, who);
    }

    private static Access access(ImapSession session) {
        return Opened.in(session).map(Opened::access).orElse(Access.EXAMINED);
    }

    private static Objection missing(String detail) {
        return new Objection("NOPERM", Outcome.RIGHT_MISSING, detail);
    }

    private static ExamineRequest readOnly(SelectRequest select) {
        return new ExamineRequest(
                select.getMailboxName(),
                select.getCondstore(),
                select.getLastKnownUidValidity(),
                select.getKnownModSeq(),
                select.getUidSet(),
                select.getKnownUidSet(),
                select.getKnownSequenceSet(),
                select.getTag());
    }

    private static FetchRequest peeking(FetchRequest fetch) {
        FetchData asked = fetch.getFetch();
        FetchData.Builder peek = FetchData.builder().vanished(asked.getVanished());
        for (FetchData.Item item : FetchData.Item.values()) {
            if (asked.contains(item)) {
                peek.fetch(item);
            }
        }
        for (BodyFetchElement element : asked.getBodyElements()) {
            peek.add(element, true);
        }
        if (asked.getChangedSince() != -1) {
            peek.changedSince(asked.getChangedSince());
        }
        return new FetchRequest(fetch.isUseUids(), fetch.getIdSet(), peek.build(), fetch.getTag());
    }

    /** Hears the reply that ends a command, and how many messages gave something of themselves before it, or are gone. */
    private static final class Listening implements Responder {
        private final Responder responder;
        private volatile Optional<StatusResponse> reply = Optional.empty();
        private final AtomicInteger messages = new AtomicInteger();

        Listening(Responder responder) {
            this.responder = responder;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                reply = Optional.of(status);
            } else if (message instanceof FetchResponse fetched && fetched.getElements() != null) {
                messages.incrementAndGet();
            } else if (message instanceof ExpungeResponse) {
                messages.incrementAndGet();
            } else if (message instanceof VanishedResponse vanished) {
                messages.addAndGet((int) Arrays.stream(vanished.getUids())
                        .mapToLong(range ->
                                range.getHighVal().asLong() - range.getLowVal().asLong() + 1)
                        .sum());
            }
            responder.respond(message);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
