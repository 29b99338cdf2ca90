package org.mssante.server.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.LastWords;

/** Ends a connection on which nothing comes for a while, and says so (RFC 5321 §3.8, §4.5.3.2.7). One a connection. */
final class SilenceGuard extends IdleStateHandler {
    private final Duration patience;
    private final DoorTrace trace;

    SilenceGuard(Duration patience, DoorTrace trace) {
        super(patience.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        this.patience = patience;
        this.trace = trace;
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        if (event.isFirst()) {
            trace.ended(context.channel(), Outcome.CONNECTION_SILENT, "silent for " + patience);
            LastWords.say(context, Replies.line(Outcome.CONNECTION_SILENT));
        }
    }
}
