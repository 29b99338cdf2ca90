package org.mssante.server.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.james.imap.message.Literal;
import org.junit.jupiter.api.Test;
import org.mssante.server.pace.Pace;
import reactor.core.publisher.Flux;

class OutflowTest {
    private static final byte[] QUARTER = new byte[Outflow.MUCH / 4];

    private final Queue<ChannelPromise> unread = new ArrayDeque<>();
    private final Outflow outflow = new Outflow(new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext here, Object response, ChannelPromise written) {
            ReferenceCountUtil.release(response);
            unread.add(written);
        }
    }));

    @Test
    void pausesAboveMuchUntilLittleIsUnread() {
        say(4);
        assertThat(outflow.pause()).isEmpty();
        outflow.say(new byte[1]);
        assertThat(outflow.pause()).isPresent();

        read(2);
        assertThat(outflow.pause()).isPresent();
        read(1);
        assertThat(outflow.pause()).isEmpty();
    }

    @Test
    void countsALiteralByItsSizeBeforeAnyOfItIsRead() throws IOException {
        outflow.say(new Literal() {
            @Override
            public long size() {
                return Outflow.MUCH + 1;
            }

            @Override
            public InputStream getInputStream() {
                return InputStream.nullInputStream();
            }
        });
        assertThat(outflow.pause()).isPresent();
    }

    @Test
    void lastsNoLongerThanTheConnection() {
        say(5);
        List<String> ended = new ArrayList<>();
        outflow.pause().orElseThrow().doFinally(end -> ended.add("pause")).subscribe();
        assertThat(ended).isEmpty();

        outflow.end();
        assertThat(ended).containsExactly("pause");
        say(5);
        assertThat(outflow.pause()).isEmpty();
    }

    @Test
    void rowsThatKeepItsPaceAreGivenInTheirOrderAsTheyAreRead() {
        List<Integer> given = new ArrayList<>();
        var end = Flux.range(0, 12)
                .transform(Pace::keep)
                .doOnNext(row -> {
                    synchronized (given) {
                        given.add(row);
                    }
                    say(1);
                })
                .contextWrite(outflow::in)
                .then()
                .toFuture();
        assertThat(given).containsExactly(0, 1, 2, 3, 4);
        assertThat(end).isNotDone();

        outflow.end();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        assertThat(given).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private void say(int quarters) {
        for (int i = 0; i < quarters; i++) {
            outflow.say(QUARTER);
        }
    }

    private void read(int answers) {
        for (int i = 0; i < answers; i++) {
            unread.remove().setSuccess();
        }
    }
}
