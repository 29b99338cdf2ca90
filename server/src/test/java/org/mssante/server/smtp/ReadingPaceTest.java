package org.mssante.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private static final int LINE = 1000;

    /** Lines that have been read and wait to be dealt with. */
    private static final class Waiting extends ChannelInboundHandlerAdapter {
        private final Queue<Object> lines = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object line) {
            lines.add(line);
        }
    }

    private final ReadingPace pace = new ReadingPace(LINE);
    private final Waiting waiting = new Waiting();
    private final EmbeddedChannel connection = new EmbeddedChannel(pace.entrance(), waiting, pace.exit());

    @Test
    void noMoreIsReadWhileMuchWaitsAndItGoesOnOnceLittleIsLeft() {
        int read = 0;
        while (connection.config().isAutoRead()) {
            connection.writeInbound(Unpooled.wrappedBuffer(new byte[LINE]));
            read += LINE;
            assertThat(read).isLessThanOrEqualTo(pace.most() + LINE);
        }
        assertThat(read).isGreaterThan(pace.most());

        int left = read;
        while (!connection.config().isAutoRead()) {
            assertThat(left).isGreaterThan(pace.few());
            connection.pipeline().context(waiting).fireChannelRead(waiting.lines.remove());
            left -= LINE;
        }
        assertThat(left).isLessThanOrEqualTo(pace.few());
    }

    @Test
    void aLineAsLongAsMayBeComesToItsEnd() {
        byte[] line = new byte[1_000_000];
        line[line.length - 1] = '\n';
        ReadingPace ofLongLines = new ReadingPace(line.length);
        EmbeddedChannel connectionOfLongLines = new EmbeddedChannel(
                ofLongLines.entrance(), new LineBasedFrameDecoder(line.length, false, true), ofLongLines.exit());
        for (int sent = 0; sent < 3 * line.length; sent += line.length / 10) {
            assertThat(connectionOfLongLines.config().isAutoRead()).isTrue();
            connectionOfLongLines.writeInbound(Unpooled.copiedBuffer(line, sent % line.length, line.length / 10));
        }
    }

    @Test
    void readingGoesOnAtAnyLengthWhereEachLineIsDealtWithAtOnce() {
        for (int i = 0; i < 3 * pace.most() / LINE; i++) {
            connection.writeInbound(Unpooled.wrappedBuffer(new byte[LINE]));
            connection.pipeline().context(waiting).fireChannelRead(waiting.lines.remove());
            assertThat(connection.config().isAutoRead()).isTrue();
        }
    }
}
