package org.mssante.server.imap.wire;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.ConnectionLimitUpstreamHandler;
import org.apache.james.protocols.netty.ConnectionPerIpLimitUpstreamHandler;
import org.apache.james.protocols.netty.HandlerConstants;

/** Makes the handlers of a new connection, from the socket inwards. */
public final class ConnectionPipeline extends AbstractChannelPipelineFactory<SocketChannel> {
    private final ImapService service;
    private final ImapDecoder decoder;
    private final CommandLimits limits;
    private final Duration idleTimeout;
    private final ConnectionLimitUpstreamHandler inAll;
    private final ConnectionPerIpLimitUpstreamHandler fromOneAddress;

    public ConnectionPipeline(
            ImapService service,
            ImapDecoder decoder,
            CommandLimits limits,
            Duration idleTimeout,
            ConnectionLimitUpstreamHandler inAll,
            ConnectionPerIpLimitUpstreamHandler fromOneAddress) {
        super(pipeline -> new ChannelInboundHandlerAdapter(), null);
        this.service = service;
        this.decoder = decoder;
        this.limits = limits;
        this.idleTimeout = idleTimeout;
        this.inAll = inAll;
        this.fromOneAddress = fromOneAddress;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws Exception {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, inAll);
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_PER_IP_HANDLER, fromOneAddress);
        if (!service.tls().isStartTLS()) {
            pipeline.addLast(NettyConstants.SSL_HANDLER, service.tls().sslHandler());
        }
        pipeline.addLast(
                NettyConstants.TIMEOUT_HANDLER,
                new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS));
        pipeline.addLast(NettyConstants.CHUNK_WRITE_HANDLER, new ChunkedWriteHandler());
        CommandAssembler assembler = new CommandAssembler(decoder, limits);
        pipeline.addLast(NettyConstants.REQUEST_DECODER, assembler);
        pipeline.addLast(NettyConstants.CORE_HANDLER, new ImapConnection(service, assembler));
    }

    /** Never asked: the pipeline is made above. */
    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        throw new UnsupportedOperationException("each connection has its own");
    }
}
