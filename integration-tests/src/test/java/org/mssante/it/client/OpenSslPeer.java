package org.mssante.it.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.mssante.launcher.instance.Endpoint;

/**
 * The SMTP server of another operator, on a free port. What it says is scripted here and is yes to everything; its TLS is
 * that of {@code openssl s_server}, which holds the key and asks for our certificate. One connection at a time.
 */
public final class OpenSslPeer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BUFFER = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerSocket door;
    private final Path folder;
    private final Path anchors;
    private final List<String> inClear = new CopyOnWriteArrayList<>();
    private final List<String> underTls = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final Thread accepting = new Thread(this::accept, "openssl-peer");
    private volatile Way way = new WithoutTls(false);

    /** What it does about TLS. */
    private sealed interface Way {}

    /** @param offered whether it offers STARTTLS, and then refuses it */
    private record WithoutTls(boolean offered) implements Way {}

    private record WithTls(Path identity, List<String> options) implements Way {}

    /**
     * Listens at once; without TLS until told otherwise.
     *
     * @param anchors PEM file of the authorities our certificate has to chain to
     */
    public OpenSslPeer(Path anchors) {
        this.anchors = anchors;
        try {
            this.door = new ServerSocket(0, 50, LOOPBACK);
            this.folder = Files.createTempDirectory("mssante-peer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting.setDaemon(true);
        accepting.start();
    }

    public Endpoint endpoint() {
        return new Endpoint(door.getInetAddress().getHostAddress(), door.getLocalPort());
    }

    /**
     * From now on it answers STARTTLS with a certificate.
     *
     * @param identity folder with cert.pem and key.pem
     * @param options of {@code openssl s_server} besides
     */
    public OpenSslPeer presenting(Path identity, String... options) {
        way = new WithTls(identity, List.of(options));
        return this;
    }

    /** From now on it offers STARTTLS and refuses it, as where somebody stands between. */
    public OpenSslPeer refusingStartTls() {
        way = new WithoutTls(true);
        return this;
    }

    /** Commands and lines of content it was told before TLS, EHLO, STARTTLS and QUIT left out. */
    public List<String> inClear() {
        return List.copyOf(inClear);
    }

    /** The same under TLS. */
    public List<String> underTls() {
        return List.copyOf(underTls);
    }

    /** How connections ended that ended otherwise than by QUIT, or by OpenSSL's word. */
    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        try {
            door.close();
            accepting.join(PATIENCE.toMillis());
            Files.deleteIfExists(folder.resolve("log"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try (Socket connection = door.accept()) {
                connection.setTcpNoDelay(true);
                serve(connection);
            } catch (IOException e) {
                lost.add(e.toString());
            }
        }
    }

    private void serve(Socket connection) throws IOException {
        Way now = way;
        boolean offers = now instanceof WithTls || ((WithoutTls) now).offered();
        InputStream in = connection.getInputStream();
        Talk talk = new Talk(connection.getOutputStream(), inClear, offers);
        talk.say("220 openssl.example ESMTP");
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.equals("STARTTLS")) {
                if (now instanceof WithTls tls) {
                    talk.say("220 2.0.0 Go ahead");
                    secure(connection, tls);
                    return;
                }
                talk.say("454 4.7.0 TLS is not available");
            } else if (!talk.answer(line)) {
                return;
            }
        }
    }

    /** Octet by octet: what follows STARTTLS belongs to OpenSSL. Empty at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) octet);
        }
        return "";
    }

    private void secure(Socket connection, WithTls tls) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                LOOPBACK.getHostAddress() + ":" + port,
                "-naccept",
                "1",
                "-quiet",
                "-cert",
                tls.identity().resolve("cert.pem").toString(),
                "-key",
                tls.identity().resolve("key.pem").toString(),
                "-Verify",
                "3",
                "-verify_return_error",
                "-CAfile",
                anchors.toString()));
        command.addAll(tls.options());
        Process openssl = new ProcessBuilder(command)
                .redirectError(folder.resolve("log").toFile())
                .start();
        try (Socket terminator = connect(port, openssl)) {
            terminator.setTcpNoDelay(true);
            Thread there = copying(connection.getInputStream(), terminator.getOutputStream(), terminator);
            Thread back = copying(terminator.getInputStream(), connection.getOutputStream(), connection);
            there.start();
            back.start();
            converse(openssl);
            awaitEnd(openssl);
        } finally {
            openssl.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    private static Socket connect(int port, Process openssl) {
        return Awaitility.await("openssl s_server listens")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !openssl.isAlive())
                .ignoreExceptions()
                .until(() -> new Socket(LOOPBACK, port), socket -> true);
    }

    private void converse(Process openssl) throws IOException {
        Talk talk = new Talk(openssl.getOutputStream(), underTls, false);
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(openssl.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!talk.answer(line)) {
                    return;
                }
            }
        }
    }

    /** It ends once the client has gone, and by then its last words have gone out. */
    private static void awaitEnd(Process openssl) {
        try {
            openssl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends by itself once either side has gone, and then closes {@code other}. */
    private Thread copying(InputStream from, OutputStream to, Closeable other) {
        Thread copying = new Thread(
                () -> {
                    byte[] buffer = new byte[BUFFER];
                    try (other) {
                        for (int octets = from.read(buffer); octets >= 0; octets = from.read(buffer)) {
                            to.write(buffer, 0, octets);
                            to.flush();
                        }
                    } catch (IOException e) {
                        lost.add(e.toString());
                    }
                },
                "openssl-peer-copy");
        copying.setDaemon(true);
        return copying;
    }

    /** SMTP as a server speaks it that says yes. */
    private static final class Talk {
        private final OutputStream out;
        private final List<String> heard;
        private final boolean offersTls;
        private boolean inContent;

        Talk(OutputStream out, List<String> heard, boolean offersTls) {
            this.out = out;
            this.heard = heard;
            this.offersTls = offersTls;
        }

        /** False once the client has taken leave. */
        boolean answer(String line) throws IOException {
            String verb = inContent ? "" : line.split(" ", 2)[0];
            switch (verb) {
                case "EHLO" -> say(offersTls ? "250-openssl.example\r\n250 STARTTLS" : "250 openssl.example");
                case "QUIT" -> say("221 2.0.0 Bye");
                default -> told(line, verb);
            }
            return !verb.equals("QUIT");
        }

        private void told(String line, String verb) throws IOException {
            heard.add(line);
            if (inContent) {
                if (line.equals(".")) {
                    inContent = false;
                    say("250 2.0.0 Taken");
                }
                return;
            }
            inContent = verb.equals("DATA");
            say(inContent ? "354 Go on" : "250 2.1.0 Ok");
        }

        void say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
