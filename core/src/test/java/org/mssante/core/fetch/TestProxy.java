package org.mssante.core.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback: tunnels by CONNECT, and forwards questions under http (RFC 9110 §9.3.6, RFC 9112 §3.2.2). */
public final class TestProxy implements AutoCloseable {
    private static final String END = "\r\n\r\n";

    private final ServerSocket door;
    private final String credentials;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private TestProxy(ServerSocket door, String credentials) {
        this.door = door;
        this.credentials = credentials;
        threads.execute(this::accept);
    }

    /** Lets everybody through. */
    public static TestProxy open() {
        return asking("");
    }

    /** Lets through who says {@code Proxy-Authorization: credentials}. */
    public static TestProxy asking(String credentials) {
        try {
            return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("localhost", door.getLocalPort());
    }

    /** Each question's first line with the status of a refusal, where it was refused. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String[] words = head.lines().findFirst().orElse("").split(" ", -1);
            String what = words[0] + " " + words[1];
            if (!credentials.isEmpty() && !head.contains("\r\nProxy-Authorization: " + credentials + "\r\n")) {
                asked.add(what + " 407");
                say(client, "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close" + END);
                return;
            }
            asked.add(what);
            if (words[0].equals("CONNECT")) {
                String[] peer = words[1].split(":", -1);
                try (Socket server = new Socket(peer[0], Integer.parseInt(peer[1]))) {
                    say(client, "HTTP/1.1 200 Go on" + END);
                    relay(client, server);
                }
            } else {
                URI target = URI.create(words[1]);
                try (Socket server = new Socket(target.getHost(), target.getPort())) {
                    say(server, head.replaceFirst(" \\S+", " " + target.getRawPath()));
                    relay(client, server);
                }
            }
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    private void relay(Socket client, Socket server) throws IOException {
        threads.execute(() -> {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
                server.shutdownOutput();
            } catch (IOException e) {
                // one of the two has gone
            }
        });
        server.getInputStream().transferTo(client.getOutputStream());
    }

    private static void say(Socket peer, String words) throws IOException {
        OutputStream out = peer.getOutputStream();
        out.write(words.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the client has gone");
            }
            head.write(octet);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
