package org.mssante.server.imap.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.stream.ChunkedInput;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Stands where responses were streamed once the connection ends: what a command still says goes nowhere, and is freed. */
final class Dropped extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext here, Object response, ChannelPromise promise) throws Exception {
        if (response instanceof ChunkedInput<?> literal) {
            literal.close();
        } else {
            ReferenceCountUtil.release(response);
        }
        promise.tryFailure(new ClosedChannelException());
    }
}
