package org.mssante.it.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mssante.launcher.instance.Endpoint;

/**
 * Clients that open a connection and come no further: from many addresses of the loopback interface, as many from each as
 * the server lets one address have. They stay in clear. Not thread-safe.
 */
public final class HangingConnections implements AutoCloseable {
    /** Below the 100 that the server allows. */
    private static final int FROM_ONE_ADDRESS = 90;

    private static final ByteBuffer WORDS = ByteBuffer.wrap("EHLO ".getBytes(StandardCharsets.US_ASCII));

    private final Endpoint server;
    private final List<SocketChannel> open = new ArrayList<>();
    private int turn;

    /** Opens all of them. */
    public HangingConnections(Endpoint server, int count) throws IOException {
        this.server = server;
        for (int i = 0; i < count; i++) {
            open.add(connect(i));
        }
    }

    private SocketChannel connect(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress("127.0.1." + (1 + number / FROM_ONE_ADDRESS), 0));
        channel.connect(new InetSocketAddress(server.host(), server.port()));
        channel.configureBlocking(false);
        return channel;
    }

    /** How many the server has not ended. */
    public int alive() {
        return (int) open.stream().filter(HangingConnections::isAlive).count();
    }

    private static boolean isAlive(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(256)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends one more octet in each; in the place of one that the server has ended comes another. */
    public void sendAnOctet() throws IOException {
        byte octet = WORDS.get(turn++ % WORDS.limit());
        for (int i = 0; i < open.size(); i++) {
            if (!isAlive(open.get(i)) || !send(open.get(i), octet)) {
                open.get(i).close();
                open.set(i, connect(i));
            }
        }
    }

    private static boolean send(SocketChannel channel, byte octet) {
        try {
            return channel.write(ByteBuffer.wrap(new byte[] {octet})) == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
