package org.mssante.server.imap;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.netty.Encryption;
import org.mssante.server.trace.SessionFacts;

/** James' IMAP server with TLS of our making, and with the peer's address in its sessions, which James keeps for itself. */
@SuppressWarnings("unchecked") // the return type of an inherited method in James
final class MssanteImapServer extends IMAPServer {
    private final Encryption tls;

    MssanteImapServer(
            ImapDecoder decoder,
            ImapEncoder encoder,
            ImapProcessor processor,
            ImapMetrics metrics,
            GaugeRegistry gauges,
            Encryption tls) {
        super(decoder, encoder, processor, metrics, gauges);
        this.tls = tls;
    }

    @Override
    protected void buildSSLContext() {
        encryption = tls;
    }

    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        ChannelHandler james = bootstrap.config().childHandler();
        bootstrap.childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(james);
                channel.pipeline().addLast(new PeerAddress());
            }
        });
    }

    /** Behind James' own handler, which has made the session by then. */
    private static final class PeerAddress extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) throws Exception {
            InetSocketAddress peer = (InetSocketAddress) context.channel().remoteAddress();
            context.channel()
                    .attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY)
                    .get()
                    .setAttribute(SessionFacts.IMAP_PEER, peer.getAddress().getHostAddress());
            super.channelActive(context);
        }
    }
}
