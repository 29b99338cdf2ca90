package org.mssante.server.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCounted;
import java.nio.charset.StandardCharsets;
import org.mssante.core.outcome.Outcome;

/**
 * Stands between the framer and James' end of the pipeline and takes two of its habits away: a line that is too long would
 * be left out of the message and the rest accepted; a handler that throws would leak the buffer it was called with
 * (james.md §5.3). One a connection, on the thread of what comes next.
 */
final class LineGuard extends ChannelInboundHandlerAdapter {
    private static final byte[] TOO_LONG = (Outcome.LINE_TOO_LONG.smtpReply().orElseThrow()
                    + " " + Outcome.LINE_TOO_LONG.enhancedStatus().orElseThrow()
                    + " " + Outcome.LINE_TOO_LONG.replyText() + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!ended) {
            context.fireChannelRead(message);
        }
        // given back already unless something was thrown
        if (message instanceof ReferenceCounted buffer && buffer.refCnt() > 0) {
            buffer.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            ended = true;
            context.writeAndFlush(Unpooled.wrappedBuffer(TOO_LONG)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
