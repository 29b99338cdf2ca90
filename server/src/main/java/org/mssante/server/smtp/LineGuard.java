package org.mssante.server.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.mssante.core.outcome.Outcome;

/**
 * Stands between the framer and James' end of the pipeline: a line that is too long would be left out of the message and
 * the rest accepted; here it ends the connection. One a connection.
 */
final class LineGuard extends ChannelInboundHandlerAdapter {
    private static final byte[] TOO_LONG = (Outcome.LINE_TOO_LONG.smtpReply().orElseThrow()
                    + " " + Outcome.LINE_TOO_LONG.enhancedStatus().orElseThrow()
                    + " " + Outcome.LINE_TOO_LONG.replyText() + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private boolean ended;

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
            ended = true;
            context.writeAndFlush(Unpooled.wrappedBuffer(TOO_LONG)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
