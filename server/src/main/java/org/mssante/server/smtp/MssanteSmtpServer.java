package org.mssante.server.smtp;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.AbstractSSLAwareChannelPipelineFactory;
import org.apache.james.protocols.netty.AllButStartTlsLineChannelHandlerFactory;
import org.apache.james.protocols.netty.ChannelHandlerFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.OpenConnections;
import org.mssante.server.listen.PlaceGuard;

/**
 * James' SMTP server with TLS of our making, since its own configuration knows no optional client certificate, and with a
 * guard below SMTP that keeps connections from hanging.
 */
@SuppressWarnings({"unchecked", "rawtypes"}) // the types of inherited methods in James
final class MssanteSmtpServer extends SMTPServer {
    private static final int END_OF_LINE = 2;

    private final Encryption tls;
    private final SmtpLimits limits;
    private final DoorTrace trace;
    private final SmtpSessions sessions;
    private final OpenConnections connections;

    MssanteSmtpServer(SmtpMetrics metrics, Encryption tls, SmtpLimits limits, DoorTrace trace, SmtpSessions sessions) {
        super(metrics);
        this.tls = tls;
        this.limits = limits;
        this.trace = trace;
        this.sessions = sessions;
        this.connections = new OpenConnections(limits.connections(), limits.connectionsPerAddress());
    }

    @Override
    protected void buildSSLContext() {
        encryption = tls;
    }

    @Override
    protected ChannelHandlerFactory createFrameHandlerFactory() {
        // netty counts a line without its end
        return new AllButStartTlsLineChannelHandlerFactory("starttls", limits.lineBytes() - END_OF_LINE);
    }

    /** How many connections there may be is a guard's business: James would close without a word. */
    @Override
    protected AbstractChannelPipelineFactory createPipelineFactory() {
        return new AbstractSSLAwareChannelPipelineFactory<SocketChannel>(
                getTimeout(), 0, 0, false, () -> tls, getFrameHandlerFactory(), getExecutorGroup()) {
            @Override
            protected ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }

            @Override
            public void initChannel(SocketChannel channel) throws Exception {
                super.initChannel(channel);
                // ends a connection late and without a word
                channel.pipeline().remove(HandlerConstants.TIMEOUT_HANDLER);
                PlaceGuard place = new PlaceGuard(connections, trace, Replies.line(Outcome.CONNECTIONS_TOO_MANY));
                ReadingPace pace = new ReadingPace(limits.lineBytes());
                channel.pipeline()
                        .addBefore(HandlerConstants.FRAMER, "place-guard", place)
                        .addBefore(HandlerConstants.FRAMER, "silence-guard", new SilenceGuard(limits.idle(), trace))
                        .addBefore(
                                HandlerConstants.FRAMER,
                                "door-guard",
                                new DoorGuard(place, limits, tls.isStartTLS(), trace, sessions))
                        .addBefore(HandlerConstants.FRAMER, "pace-entrance", pace.entrance())
                        .addBefore(HandlerConstants.CORE_HANDLER, "pace-exit", pace.exit())
                        .addBefore(HandlerConstants.CORE_HANDLER, "line-guard", new LineGuard(trace));
            }
        };
    }
}
