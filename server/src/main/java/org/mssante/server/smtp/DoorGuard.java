package org.mssante.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.outcome.Outcome;

/**
 * Watches one connection below SMTP: it gets a place or none, comes as far as TLS in time, and sends each line in time,
 * however many octets a minute it sends. Whom it turns away is told so where that can be said, and the trace. One a
 * connection; used by its event loop alone.
 */
final class DoorGuard extends ChannelInboundHandlerAdapter {
    private static final byte LINE_END = '\n';
    private static final long NO_LINE = -1;

    private final OpenConnections open;
    private final SmtpLimits limits;
    private final boolean beginsInClear;
    private final DoorTrace trace;
    private long lineBegan = NO_LINE;
    private boolean lookingAtLine;
    private boolean known;
    private boolean underTls;
    private Optional<Future<?>> deadline = Optional.empty();

    /** @param beginsInClear until STARTTLS; else nothing can be said before the handshake */
    DoorGuard(OpenConnections open, SmtpLimits limits, boolean beginsInClear, DoorTrace trace) {
        this.open = open;
        this.limits = limits;
        this.beginsInClear = beginsInClear;
        this.trace = trace;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        OpenConnections.Admission admission = open.admit(context.channel());
        if (admission instanceof OpenConnections.Admission.Denied denied) {
            end(context, Outcome.CONNECTIONS_TOO_MANY, denied.why());
            return;
        }
        ((OpenConnections.Admission.Granted) admission).leaving().ifPresent(this::makeRoom);
        deadline = Optional.of(context.executor()
                .schedule(() -> endInClear(context), limits.untilTls().toMillis(), TimeUnit.MILLISECONDS));
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        // what came before has been answered by now
        if (!known && isKnown(context.channel())) {
            known = true;
            open.isKnown(context.channel());
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
        open.forget(context.channel());
        deadline.ifPresent(waiting -> waiting.cancel(false));
        super.channelInactive(context);
    }

    private static boolean isKnown(Channel connection) {
        return connection.attr(BasicChannelInboundHandler.SESSION_ATTRIBUTE_KEY).get() instanceof SMTPSession session
                && (Sessions.login(session).isPresent()
                        || Sessions.trust(session).isPresent());
    }

    private void makeRoom(Channel stranger) {
        trace.ended(stranger, Outcome.CONNECTIONS_TOO_MANY, "makes room for another connection");
        stranger.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void endInClear(ChannelHandlerContext context) {
        if (!underTls) {
            end(context, Outcome.CONNECTION_TOO_SLOW, "in clear for longer than " + limits.untilTls());
        }
    }

    private void end(ChannelHandlerContext context, Outcome outcome, String detail) {
        trace.ended(context.channel(), outcome, detail);
        if (beginsInClear || underTls) {
            context.writeAndFlush(Unpooled.wrappedBuffer(Replies.line(outcome)))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }
}
