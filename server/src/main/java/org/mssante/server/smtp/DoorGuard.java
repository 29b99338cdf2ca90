package org.mssante.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.LastWords;
import org.mssante.server.listen.PlaceGuard;

/**
 * Watches one connection below SMTP: it keeps its place once it is known, comes as far as TLS in time, and sends each line in
 * time, however many octets a minute it sends. Whom it turns away is told so where that can be said, and the trace. One a
 * connection; used by its event loop alone, but for {@link #session} and {@link #end(Outcome)}.
 */
final class DoorGuard extends ChannelInboundHandlerAdapter {
    private static final byte LINE_END = '\n';
    private static final long NO_LINE = -1;

    private final PlaceGuard place;
    private final SmtpLimits limits;
    private final boolean beginsInClear;
    private final DoorTrace trace;
    private final SmtpSessions sessions;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Optional<ChannelHandlerContext> here = Optional.empty();
    private long lineBegan = NO_LINE;
    private boolean lookingAtLine;
    private boolean known;
    private boolean underTls;
    private Optional<Future<?>> deadline = Optional.empty();

    /** @param beginsInClear until STARTTLS; else nothing can be said before the handshake */
    DoorGuard(PlaceGuard place, SmtpLimits limits, boolean beginsInClear, DoorTrace trace, SmtpSessions sessions) {
        this.place = place;
        this.limits = limits;
        this.beginsInClear = beginsInClear;
        this.trace = trace;
        this.sessions = sessions;
    }

    /** What James knows of the connection, once it does. */
    Optional<SMTPSession> session() {
        return here.map(context -> context.channel()
                        .attr(BasicChannelInboundHandler.SESSION_ATTRIBUTE_KEY)
                        .get())
                .filter(SMTPSession.class::isInstance)
                .map(SMTPSession.class::cast);
    }

    /**
     * Ends the session whatever it is in the middle of: what still comes is not looked at.
     *
     * @return false where it was ending already
     */
    boolean end(Outcome why) {
        boolean first = here.isPresent() && ended.compareAndSet(false, true);
        if (first) {
            here.get().executor().execute(() -> LastWords.say(here.get(), Replies.farewell(why)));
        }
        return first;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        here = Optional.of(context);
        sessions.opened(this);
        deadline = Optional.of(context.executor()
                .schedule(() -> endInClear(context), limits.untilTls().toMillis(), TimeUnit.MILLISECONDS));
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (ended.get()) {
            ReferenceCountUtil.release(message);
            return;
        }
        // what came before has been answered by now
        if (!known && isKnown()) {
            known = true;
            place.isKnown();
        }
        if (message instanceof ByteBuf bytes) {
            followLine(bytes);
            lookAtLine(context, limits.line().toNanos());
        }
        super.channelRead(context, message);
    }

    /** Notes when the line began that has not ended yet. */
    private void followLine(ByteBuf bytes) {
        int last = bytes.readableBytes() == 0 ? 0 : bytes.getByte(bytes.writerIndex() - 1);
        if (last == LINE_END) {
            lineBegan = NO_LINE;
        } else if (lineBegan == NO_LINE || bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), LINE_END) >= 0) {
            lineBegan = System.nanoTime();
        }
    }

    /** Whether its octets go on or not, the clock looks at a line that has begun. */
    private void lookAtLine(ChannelHandlerContext context, long delay) {
        if (lineBegan == NO_LINE || lookingAtLine) {
            return;
        }
        lookingAtLine = true;
        Runnable look = () -> {
            lookingAtLine = false;
            long left = lineBegan + limits.line().toNanos() - System.nanoTime();
            if (lineBegan != NO_LINE && left <= 0) {
                end(context, Outcome.CONNECTION_TOO_SLOW, "a line took longer than " + limits.line());
            } else {
                lookAtLine(context, left);
            }
        };
        var unused = context.executor().schedule(look, delay, TimeUnit.NANOSECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                underTls = true;
            } else {
                trace.handshakeFailed(context.channel(), handshake.cause());
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        sessions.closed(this);
        deadline.ifPresent(waiting -> waiting.cancel(false));
        super.channelInactive(context);
    }

    private boolean isKnown() {
        return session()
                .filter(session -> sessions.login(session).isPresent()
                        || Sessions.trust(session).isPresent())
                .isPresent();
    }

    private void endInClear(ChannelHandlerContext context) {
        if (!underTls) {
            end(context, Outcome.CONNECTION_TOO_SLOW, "in clear for longer than " + limits.untilTls());
        }
    }

    private void end(ChannelHandlerContext context, Outcome outcome, String detail) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        trace.ended(context.channel(), outcome, detail);
        if (beginsInClear || underTls) {
            LastWords.say(context, Replies.line(outcome));
        } else {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }
}
