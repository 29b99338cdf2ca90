package org.mssante.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Bounds what has been read of a connection and not been dealt with. Lines are told apart by another thread than the one that
 * reads and deals with them, so a client that sends faster than its message is written would fill the memory: above
 * some octets no more is read, until few are left. One a connection; used by its event loop alone.
 */
final class ReadingPace {
    private static final int LEAST = 64 * 1024;
    private static final int FEW_IN_MOST = 4;

    private final int few;
    private long waiting;
    private boolean paused;

    /** @param lineBytes of the longest line: one that has not ended yet goes on to nobody, and must not stop the rest of it */
    ReadingPace(int lineBytes) {
        this.few = Math.max(LEAST, lineBytes);
    }

    /** So many octets that wait are few. */
    int few() {
        return few;
    }

    /** So many are enough; one read more may come on top. */
    int most() {
        return FEW_IN_MOST * few;
    }

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
        if (!paused && waiting > most()) {
            paused = true;
            context.channel().config().setAutoRead(false);
        } else if (paused && waiting <= few) {
            paused = false;
            context.channel().config().setAutoRead(true);
        }
    }

    private static int octets(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }
}
