package org.mssante.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Bounds what has been read of a connection and not been dealt with. Lines are told apart by another thread than the one that
 * reads and deals with them, so a client that sends faster than its message is written would fill the memory: above
 * {@link #MOST} octets no more is read, until few are left. One a connection; used by its event loop alone.
 */
final class ReadingPace {
    /** Octets; one read more may come on top. */
    static final int MOST = 256 * 1024;

    static final int FEW = 64 * 1024;

    private long waiting;
    private boolean paused;

    /** Stands where octets come in, before lines are told apart. */
    ChannelHandler entrance() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
                waiting += octets(message);
                pace(context);
                super.channelRead(context, message);
            }
        };
    }

    /** Stands where lines go on to be dealt with; those that have gone on count no more. */
    ChannelHandler exit() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
                int leaving = octets(message);
                try {
                    super.channelRead(context, message);
                } finally {
                    waiting -= leaving;
                    pace(context);
                }
            }
        };
    }

    private void pace(ChannelHandlerContext context) {
        if (!paused && waiting > MOST) {
            paused = true;
            context.channel().config().setAutoRead(false);
        } else if (paused && waiting <= FEW) {
            paused = false;
            context.channel().config().setAutoRead(true);
        }
    }

    private static int octets(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }
}
