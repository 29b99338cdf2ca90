package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WatchedSocketTest {
    private static final int FULL = 1 << 14;

    private final WatchedSocket connection = new WatchedSocket(closed -> {});
    private ServerSocket server;
    private Socket client;
    private OutputStream output;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection.connect(server.getLocalSocketAddress());
        client = server.accept();
        client.setSoTimeout(200);
        output = connection.getOutputStream();
    }

    @AfterEach
    void hangUp() throws IOException {
        client.close();
        connection.close();
        server.close();
    }

    @Test
    void whatMayWaitIsSentWithTheFirstThatMayNot() throws IOException {
        connection.hold(true);
        write("one,");
        write("two,");
        output.flush();
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> client.getInputStream().read());

        connection.hold(false);
        write("three");
        assertThat(read("one,two,three".length())).isEqualTo("one,two,three");
    }

    @Test
    void noMoreWaitsThanABufferHolds() throws IOException {
        connection.hold(true);
        write("a".repeat(FULL - 1));
        write("b");
        assertThat(read(FULL)).endsWith("ab");
    }

    @Test
    void whatMayNotWaitIsSentAtOnce() throws IOException {
        write("a");
        assertThat(read(1)).isEqualTo("a");
        output.write('b');
        assertThat(read(1)).isEqualTo("b");
    }

    private void write(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String read(int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }
}
