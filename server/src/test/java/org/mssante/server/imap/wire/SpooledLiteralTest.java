package org.mssante.server.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledLiteralTest {
    private static final int CHUNK = 8_192;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SpooledLiteral.IN_MEMORY, SpooledLiteral.IN_MEMORY + 1, 3_000_000})
    void givesBackWhatItTookAsOftenAsAsked(int size) throws IOException {
        byte[] octets = new byte[size];
        new Random(1).nextBytes(octets);
        ByteBuf in = Unpooled.wrappedBuffer(octets, new byte[] {42});
        try (SpooledLiteral literal = SpooledLiteral.ofSize(size)) {
            while (!literal.isWhole()) {
                literal.take(in.readSlice(Math.min(CHUNK, in.readableBytes())));
            }
            assertThat(literal.size()).isEqualTo(size);
            for (int reading = 0; reading < 2; reading++) {
                try (InputStream stream = literal.getInputStream()) {
                    assertThat(stream.readAllBytes()).isEqualTo(octets);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SpooledLiteral.IN_MEMORY + 1})
    void cannotBeReadOnceItsCommandIsOver(int size) throws IOException {
        SpooledLiteral literal = SpooledLiteral.ofSize(size);
        literal.take(Unpooled.wrappedBuffer(new byte[size]));
        literal.close();

        assertThatThrownBy(() -> literal.getInputStream().read()).isInstanceOf(IOException.class);
    }
}
