package org.mssante.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

class PlaceGuardTest {
    private static final String NO_PLACE = "* BYE no place";

    private final List<TraceEntry> lines = new ArrayList<>();
    private final DoorTrace trace = new DoorTrace("IMAP", lines::add, Clock.systemUTC());

    @Test
    void countsOneAddressOfIpv4() {
        OpenConnections connections = new OpenConnections(10, 2);

        assertThat(comes(connections, "192.0.2.1").isOpen()).isTrue();
        assertThat(comes(connections, "192.0.2.1").isOpen()).isTrue();
        assertThat(comes(connections, "192.0.2.1").isOpen()).isFalse();
        assertThat(comes(connections, "192.0.2.2").isOpen()).isTrue();
    }

    @Test
    void countsTheAddressesOfOneNetworkOfIpv6Together() {
        OpenConnections connections = new OpenConnections(10, 2);

        assertThat(comes(connections, "2001:db8:0:1::1").isOpen()).isTrue();
        assertThat(comes(connections, "2001:db8:0:1::2").isOpen()).isTrue();
        assertThat(comes(connections, "2001:db8:0:1:ffff::3").isOpen()).isFalse();
        assertThat(comes(connections, "2001:db8:0:2::1").isOpen()).isTrue();
    }

    @Test
    void givesAPlaceAgainOnceItsConnectionHasEnded() {
        OpenConnections connections = new OpenConnections(10, 1);
        Visitor first = comes(connections, "2001:db8:0:1::1");

        var unused = first.close();

        assertThat(comes(connections, "2001:db8:0:1::2").isOpen()).isTrue();
    }

    @Test
    void theLongestStrangerMakesRoomAndIsToldSo() {
        OpenConnections connections = new OpenConnections(2, 10);
        Visitor known = comes(connections, "192.0.2.1");
        known.guard.isKnown();
        Visitor stranger = comes(connections, "192.0.2.2");

        Visitor late = comes(connections, "192.0.2.3");
        stranger.runPendingTasks();

        assertThat(known.isOpen()).isTrue();
        assertThat(late.hasEntered).isTrue();
        assertThat(stranger.isOpen()).isFalse();
        assertThat(stranger.said()).isEqualTo(NO_PLACE + "\r\n");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.outcome()).contains(Outcome.CONNECTIONS_TOO_MANY);
            assertThat(line.fields())
                    .containsEntry(Field.PROTOCOL, "IMAP 993")
                    .containsEntry(Field.PEER, "192.0.2.2")
                    .containsEntry(Field.DETAIL, "makes room for another connection");
        });
    }

    @Test
    void whoeverComesWhereAllAreKnownIsToldAndTraced() {
        OpenConnections connections = new OpenConnections(1, 10);
        comes(connections, "192.0.2.1").guard.isKnown();

        Visitor late = comes(connections, "192.0.2.2");

        assertThat(late.said()).isEqualTo(NO_PLACE + "\r\n");
        assertThat(late.isOpen()).isFalse();
        assertThat(late.hasEntered).isFalse();
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.fields())
                        .containsEntry(Field.DETAIL, "every place is taken by somebody known"));
    }

    @Test
    void whoeverDoesNotReadThatHeHasNoPlaceIsNotHeardEither() {
        OpenConnections connections = new OpenConnections(1, 10);
        comes(connections, "192.0.2.1").guard.isKnown();
        Visitor late = new Visitor(new PlaceGuard(connections, trace, NO_PLACE), "192.0.2.2");
        late.pipeline().addLast(new Deaf());
        late.enter();

        late.writeInbound(Unpooled.copiedBuffer("a LOGIN", StandardCharsets.US_ASCII));

        assertThat(late.isOpen()).isTrue();
        assertThat(late.inboundMessages()).isEmpty();
        late.advanceTimeBy(1, TimeUnit.SECONDS);
        late.runScheduledPendingTasks();
        assertThat(late.isOpen()).isFalse();
    }

    private Visitor comes(OpenConnections connections, String address) {
        Visitor visitor = new Visitor(new PlaceGuard(connections, trace, NO_PLACE), address);
        visitor.enter();
        return visitor;
    }

    /** What is written to it never arrives. */
    private static final class Deaf extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }

    private static final class Visitor extends EmbeddedChannel {
        private final PlaceGuard guard;
        private final String address;
        private boolean hasEntered;

        Visitor(PlaceGuard guard, String address) {
            this.guard = guard;
            this.address = address;
        }

        void enter() {
            pipeline()
                    .addLast(guard, new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext here) {
                            hasEntered = true;
                        }
                    })
                    .fireChannelActive();
        }

        String said() {
            ByteBuf line = readOutbound();
            return line.toString(StandardCharsets.US_ASCII);
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress("192.0.2.100", 993);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 50_000);
        }
    }
}
