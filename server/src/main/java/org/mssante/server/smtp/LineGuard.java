package org.mssante.server.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.LastWords;

/**
 * Stands between the framer and James' end of the pipeline: a line that is too long would be left out of the message and
 * the rest accepted; here it ends the connection, and so do commands in clear behind STARTTLS (RFC 3207 §6). One a connection.
 */
final class LineGuard extends ChannelInboundHandlerAdapter {
    private final DoorTrace trace;
    private boolean ended;

    LineGuard(DoorTrace trace) {
        this.trace = trace;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
        } else {
            // James gives the buffer back, which may be later: it queues what comes before the last answer is given
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            end(context, Outcome.LINE_TOO_LONG, cause.getMessage());
        } else if (cause instanceof CommandInjectionDetectedException
                || cause.getCause() instanceof CommandInjectionDetectedException) {
            end(context, Outcome.COMMANDS_BEHIND_STARTTLS, "more came with STARTTLS than the command");
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void end(ChannelHandlerContext context, Outcome outcome, String detail) {
        ended = true;
        trace.ended(context.channel(), outcome, detail);
        LastWords.say(context, Replies.line(outcome));
    }
}
