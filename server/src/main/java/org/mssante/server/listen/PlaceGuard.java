package org.mssante.server.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/**
 * Gives one connection its place among those of the port, or turns it away: what stands behind it hears nothing of that one.
 * Whoever has no place, or makes room for another, is told so where that can be said, and the trace. One a connection; used by
 * its event loop alone, but for {@link #isKnown}.
 */
public final class PlaceGuard extends ChannelInboundHandlerAdapter {
    private final OpenConnections connections;
    private final DoorTrace trace;
    private final String noPlace;
    private boolean turnedAway;
    private Optional<ChannelHandlerContext> here = Optional.empty();

    /** @param noPlace the line, in the port's protocol, to whoever has none */
    public PlaceGuard(OpenConnections connections, DoorTrace trace, String noPlace) {
        this.connections = connections;
        this.trace = trace;
        this.noPlace = noPlace;
    }

    /** From now on its place is nobody else's. */
    public void isKnown() {
        connections.isKnown(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        here = Optional.of(context);
        OpenConnections.Admission admission =
                connections.admit(this, ((InetSocketAddress) context.channel().remoteAddress()).getAddress());
        if (admission instanceof OpenConnections.Admission.Denied denied) {
            turnedAway = true;
            end(context, denied.why());
            return;
        }
        ((OpenConnections.Admission.Granted) admission).leaving().ifPresent(PlaceGuard::makeRoom);
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (turnedAway) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connections.forget(this);
        if (!turnedAway) {
            super.channelInactive(context);
        }
    }

    /** On its own event loop: the one who comes is on another. */
    private void makeRoom() {
        here.ifPresent(context -> context.executor().execute(() -> end(context, "makes room for another connection")));
    }

    private void end(ChannelHandlerContext context, String detail) {
        trace.ended(context.channel(), Outcome.CONNECTIONS_TOO_MANY, detail);
        if (canBeTold(context)) {
            LastWords.say(context, noPlace);
        } else {
            var unused = context.close();
        }
    }

    /** In clear, or once the handshake is through. */
    private static boolean canBeTold(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        return tls == null || tls.handshakeFuture().isSuccess();
    }
}
