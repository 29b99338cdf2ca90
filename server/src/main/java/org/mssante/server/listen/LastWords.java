package org.mssante.server.listen;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The last line of a connection, and its end. */
public final class LastWords {
    /** How long the client may take to read it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private LastWords() {}

    /**
     * Writes the line from where the handler stands, and closes the connection: once it is written, and soon where the client does
     * not read it.
     */
    public static void say(ChannelHandlerContext here, String line) {
        here.writeAndFlush(Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
        var unused = here.executor().schedule(() -> cut(here), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Past TLS, whose own farewell would wait for the client, and with what the system holds for it. */
    private static void cut(ChannelHandlerContext here) {
        if (here.channel().isOpen()) {
            here.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = here.pipeline().firstContext().close();
        }
    }
}
