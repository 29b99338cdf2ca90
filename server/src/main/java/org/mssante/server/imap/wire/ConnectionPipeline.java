package org.mssante.server.imap.wire;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.OpenConnections;
import org.mssante.server.listen.PlaceGuard;

/** Makes the handlers of a new connection, from the socket inwards. */
public final class ConnectionPipeline extends AbstractChannelPipelineFactory<SocketChannel> {
    private final ImapService service;
    private final ImapDecoder decoder;
    private final CommandLimits limits;
    private final Duration idleTimeout;
    private final OpenConnections connections;
    private final DoorTrace trace;

    public ConnectionPipeline(
            ImapService service,
            ImapDecoder decoder,
            CommandLimits limits,
            Duration idleTimeout,
            OpenConnections connections,
            DoorTrace trace) {
        super(pipeline -> new ChannelInboundHandlerAdapter(), null);
        this.service = service;
        this.decoder = decoder;
        this.limits = limits;
        this.idleTimeout = idleTimeout;
        this.connections = connections;
        this.trace = trace;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws Exception {
        ChannelPipeline pipeline = channel.pipeline();
        if (!service.tls().isStartTLS()) {
            pipeline.addLast(NettyConstants.SSL_HANDLER, service.tls().sslHandler());
        }
        PlaceGuard place =
                new PlaceGuard(connections, trace, ImapConnection.bye(Outcome.CONNECTIONS_TOO_MANY.replyText()));
        pipeline.addLast("place-guard", place);
        pipeline.addLast(
                NettyConstants.TIMEOUT_HANDLER,
                new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS));
        pipeline.addLast(NettyConstants.CHUNK_WRITE_HANDLER, new ChunkedWriteHandler());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(Outflow.LITTLE, Outflow.MUCH));
        Outflow outflow = new Outflow(channel);
        CommandAssembler assembler = new CommandAssembler(decoder, limits, outflow);
        pipeline.addLast(NettyConstants.REQUEST_DECODER, assembler);
        pipeline.addLast(NettyConstants.CORE_HANDLER, new ImapConnection(service, assembler, outflow, place, trace));
    }

    /** Never asked: the pipeline is made above. */
    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        throw new UnsupportedOperationException("each connection has its own");
    }
}
