package org.mssante.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * Watches one connection below SMTP: it gets a place or none, comes as far as TLS in time, and sends each line in time,
 * however many octets a minute it sends. One a connection; used by its event loop alone.
 */
final class DoorGuard extends ChannelInboundHandlerAdapter {
    private static final byte LINE_END = '\n';
    private static final long NO_LINE = -1;

    private final OpenConnections open;
    private final SmtpLimits limits;
    private final Trace trace;
    private long lineBegan = NO_LINE;
    private Optional<Future<?>> deadline = Optional.empty();

    DoorGuard(OpenConnections open, SmtpLimits limits, Trace trace) {
        this.open = open;
        this.limits = limits;
        this.trace = trace;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (!open.admit(context.channel())) {
            end(context);
            return;
        }
        deadline = Optional.of(context.executor()
                .schedule(() -> endStranger(context), limits.untilTls().toMillis(), TimeUnit.MILLISECONDS));
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && isTooSlow(bytes)) {
            ReferenceCountUtil.release(message);
            end(context);
            return;
        }
        super.channelRead(context, message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open.isKnown(context.channel());
            } else {
                tell(context.channel(), handshake.cause());
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

    private void endStranger(ChannelHandlerContext context) {
        if (open.isStranger(context.channel())) {
            end(context);
        }
    }

    /** The peer gets an alert that says little: why it comes no further is for its operator to hear from ours. */
    private void tell(Channel connection, Throwable cause) {
        trace.record(TraceEntry.of(Event.TLS_FAILED)
                .with(Field.PROTOCOL, "SMTP " + ((InetSocketAddress) connection.localAddress()).getPort())
                .with(
                        Field.PEER,
                        ((InetSocketAddress) connection.remoteAddress())
                                .getAddress()
                                .getHostAddress())
                .with(Field.DETAIL, cause.getClass().getSimpleName() + " " + cause.getMessage()));
    }

    private static void end(ChannelHandlerContext context) {
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private boolean isTooSlow(ByteBuf bytes) {
        long now = System.nanoTime();
        int last = bytes.readableBytes() == 0 ? 0 : bytes.getByte(bytes.writerIndex() - 1);
        if (last == LINE_END) {
            lineBegan = NO_LINE;
            return false;
        }
        if (lineBegan == NO_LINE || bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), LINE_END) >= 0) {
            lineBegan = now;
            return false;
        }
        return now - lineBegan > limits.line().toNanos();
    }
}
