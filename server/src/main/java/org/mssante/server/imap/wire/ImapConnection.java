package org.mssante.server.imap.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.apache.james.util.MDCBuilder;
import org.apache.james.util.ReactorUtils;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.LastWords;
import org.mssante.server.listen.PlaceGuard;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: runs its commands one after the other, and ends it with a BYE that is on its way before the
 * socket closes, where the client reads it. Everything but {@link #end} and {@link #session} belongs to the connection's thread.
 */
public final class ImapConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ImapConnection.class);
    /** How long a command that still runs may go on before it is cut. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ImapService service;
    private final CommandAssembler assembler;
    private final Outflow outflow;
    private final PlaceGuard place;
    private final DoorTrace trace;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<ImapSession> leaving = Optional.empty();
    private Optional<Closeable> held = Optional.empty();
    private Optional<String> farewell = Optional.empty();
    private boolean silent;
    private boolean known;

    ImapConnection(
            ImapService service, CommandAssembler assembler, Outflow outflow, PlaceGuard place, DoorTrace trace) {
        this.service = service;
        this.assembler = assembler;
        this.outflow = outflow;
        this.place = place;
        this.trace = trace;
    }

    /** What James' session knows of the peer; empty once the connection has ended. */
    public Optional<ImapSession> session() {
        return context.flatMap(ImapConnection::session);
    }

    /**
     * Ends the connection between two commands, or soon if one does not come to an end. What the client has not read by then is
     * not for it any more.
     *
     * @return false where it was ending already
     */
    public boolean end(String sentence) {
        if (!ending.compareAndSet(false, true)) {
            return false;
        }
        context.ifPresent(here -> here.executor().execute(() -> {
            farewell = Optional.of(sentence);
            assembler.end();
            if (assembler.isInterruptible()) {
                bye(here);
            } else {
                later(here, LAST_WORDS, () -> bye(here));
            }
        }));
        return true;
    }

    @Override
    public void channelActive(ChannelHandlerContext here) throws Exception {
        NettyImapSession session = service.session(here.channel());
        session.setAttribute(SessionFacts.IMAP_PEER, peer(here));
        here.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
        context = Optional.of(here);
        service.connected(this);
        outflow.say("* OK " + service.greeting() + "\r\n");
        later(here, service.loginTimeout(), () -> endStranger(here, session));
        super.channelActive(here);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object read) {
        ImapMessage message = (ImapMessage) read;
        Optional<ImapSession> session = session(here);
        if (session.isEmpty()) {
            return;
        }
        ChannelResponses responses = service.responses(outflow);
        held = message instanceof Closeable closeable ? Optional.of(closeable) : Optional.empty();
        service.process(message, responses, session.get())
                .contextWrite(outflow::in)
                .contextWrite(ReactorUtils.context("imap", facts(here, session.get())))
                .subscribe(
                        nothing -> {},
                        failure -> here.executor().execute(() -> fail(here, failure)),
                        () -> here.executor().execute(() -> complete(here, session.get(), responses)));
    }

    /**
     * A command that runs comes to its end: to cancel it would interrupt its thread, which may be writing to the database's
     * file.
     */
    @Override
    public void channelInactive(ChannelHandlerContext here) throws Exception {
        service.disconnected(this);
        leaving = session(here);
        here.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(null);
        outflow.end();
        assembler.hangUp();
        if (!assembler.isBusy()) {
            leave();
        }
        super.channelInactive(here);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) throws Exception {
        if (event instanceof Farewell reason) {
            end(reason.sentence());
        } else if (event instanceof IdleStateEvent) {
            timeIsUp(here, "Autologout. Idle for too long.");
        } else {
            super.userEventTriggered(here, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        if (isThePeers(cause)) {
            LOGGER.info("the connection with {} broke: {}", peer(here), FailureTrail.classes(cause));
            var unused = here.close();
        } else {
            fail(here, cause);
        }
    }

    /** A connection that broke, a handshake that failed, commands in clear behind STARTTLS: none of our failures. */
    private static boolean isThePeers(Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        return reason instanceof IOException
                || reason instanceof NotSslRecordException
                || reason instanceof CommandInjectionDetectedException;
    }

    private void complete(ChannelHandlerContext here, ImapSession session, ChannelResponses responses) {
        release();
        if (!known && session.getState() != ImapSessionState.NON_AUTHENTICATED) {
            known = true;
            place.isKnown();
        }
        responses.flush();
        if (leaving.isPresent()) {
            leave();
        } else if (session.getState() == ImapSessionState.LOGOUT) {
            here.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (farewell.isPresent()) {
            bye(here);
        } else {
            assembler.done();
        }
    }

    private void fail(ChannelHandlerContext here, Throwable failure) {
        LOGGER.error("an IMAP command failed in a way nobody foresaw: {}", FailureTrail.of(failure));
        release();
        leave();
        ending.set(true);
        farewell = farewell.or(() -> Optional.of("Internal error."));
        assembler.end();
        bye(here);
    }

    /** Ahead of all that is queued: a client that reads slowly, or not at all, must get no more of it than the socket has taken. */
    private void bye(ChannelHandlerContext here) {
        if (silent) {
            return;
        }
        silent = true;
        ChannelPipeline pipeline = here.pipeline();
        if (pipeline.get(NettyConstants.CHUNK_WRITE_HANDLER) != null) {
            pipeline.replace(NettyConstants.CHUNK_WRITE_HANDLER, NettyConstants.CHUNK_WRITE_HANDLER, new Dropped());
            LastWords.say(pipeline.context(NettyConstants.CHUNK_WRITE_HANDLER), bye(farewell.orElse("")));
        }
    }

    /** The last line to a client (RFC 3501 §7.1.5). */
    static String bye(String sentence) {
        return "* BYE " + sentence;
    }

    private void leave() {
        leaving.ifPresent(session -> session.logout()
                .subscribe(
                        nothing -> {},
                        failure -> LOGGER.warn("a connection was not cleared away: {}", FailureTrail.of(failure))));
        leaving = Optional.empty();
    }

    private void release() {
        try {
            if (held.isPresent()) {
                held.get().close();
            }
        } catch (IOException e) {
            LOGGER.warn("what a command held could not be released: {}", FailureTrail.of(e));
        }
        held = Optional.empty();
    }

    private static void later(ChannelHandlerContext here, Duration delay, Runnable task) {
        var unused = here.executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endStranger(ChannelHandlerContext here, ImapSession session) {
        if (session.getState() == ImapSessionState.NON_AUTHENTICATED) {
            timeIsUp(here, "Nobody has logged in.");
        }
    }

    /** @param sentence to whoever only was silent; who leaves his answers unread is told otherwise, and traced */
    private void timeIsUp(ChannelHandlerContext here, String sentence) {
        if (outflow.pause().isEmpty()) {
            end(sentence);
        } else if (end(Outcome.CONNECTION_TOO_SLOW.replyText())) {
            trace.ended(here.channel(), Outcome.CONNECTION_TOO_SLOW, "leaves its answers unread");
        }
    }

    private static Optional<ImapSession> session(ChannelHandlerContext here) {
        return Optional.ofNullable(
                here.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get());
    }

    private static InetAddress peer(ChannelHandlerContext here) {
        return ((InetSocketAddress) here.channel().remoteAddress()).getAddress();
    }

    private static MDCBuilder facts(ChannelHandlerContext here, ImapSession session) {
        return MDCBuilder.create()
                .addToContext(MDCBuilder.PROTOCOL, "IMAP")
                .addToContext(MDCBuilder.IP, peer(here).getHostAddress())
                .addToContext(MDCBuilder.SESSION_ID, session.sessionId().asString())
                .addToContextIfPresent(
                        MDCBuilder.USER,
                        Optional.ofNullable(session.getUserName()).map(Username::asString));
    }
}
