package org.mssante.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.settings.StartupFailure;

/** A control socket as its callers see it. */
@Timeout(60)
class ControlServerTest {
    private static final ControlSettings SETTINGS =
            new ControlSettings(2, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(30));

    @TempDir
    private Path runDir;

    private ControlServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersARouteWithItsPlacesItsQueryAndTheUserTheKernelNames() throws IOException {
        start(
                SETTINGS,
                ControlRoutes.none()
                        .get(
                                "/queues/{queue}/{name}",
                                request -> ControlAnswer.text(
                                        "text/plain",
                                        request.caller() + "|" + request.place("queue") + "|" + request.place("name")
                                                + "|" + request.value("why").orElse("none"))));

        String answer = get(List.of("queues", "out going", "Mail1+2/é"), Map.of("why", "a b&c=d é"));

        assertThat(answer).isEqualTo(System.getProperty("user.name") + "|out going|Mail1+2/é|a b&c=d é");
    }

    @Test
    void onlyItsOwnerMayEnterTheFolderOrUseTheSocket() throws IOException {
        start(SETTINGS, ControlRoutes.none());

        Path folder = runDir.resolve("server/control");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("socket"))))
                .isEqualTo("rw-------");
    }

    @Test
    void looksAndActsAreNotMixedUp() throws IOException {
        start(SETTINGS, ControlRoutes.none().post("/act", request -> ControlAnswer.text("text/plain", "done")));

        assertThat(status(List.of("act"))).isEqualTo(ControlAnswer.WRONG);
        assertThat(status(List.of("nowhere"))).isEqualTo(ControlAnswer.UNKNOWN);
        try (ControlClient.Reply reply = client().post(List.of("act"), Map.of())) {
            assertThat(reply.isOk()).isTrue();
        }
    }

    @Test
    void aHandlerThatThrowsIsAnAnswerAndNotTheEnd() throws IOException {
        start(
                SETTINGS,
                ControlRoutes.none()
                        .get("/broken", request -> {
                            throw new IllegalStateException("of no use");
                        })
                        .get("/sound", request -> ControlAnswer.text("text/plain", "well")));

        assertThat(status(List.of("broken"))).isEqualTo(ControlAnswer.FAILED);
        assertThat(get(List.of("sound"), Map.of())).isEqualTo("well");
    }

    @Test
    void anAnswerThatBreaksOffIsNeverTakenForAShorterOne() throws IOException {
        start(
                SETTINGS,
                ControlRoutes.none()
                        .get(
                                "/half",
                                request -> ControlAnswer.octets("x/y", out -> {
                                    out.write("half".getBytes(StandardCharsets.UTF_8));
                                    out.flush();
                                    throw new IOException("the other half is lost");
                                })));

        try (ControlClient.Reply reply = client().get(List.of("half"), Map.of())) {
            assertThatThrownBy(() -> reply.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLargeAnswerArrivesOctetForOctet() throws IOException {
        byte[] large = new byte[1_000_003];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        start(
                SETTINGS,
                ControlRoutes.none().get("/large", request -> ControlAnswer.octets("x/y", out -> out.write(large))));

        try (ControlClient.Reply reply = client().get(List.of("large"), Map.of())) {
            assertThat(reply.body().readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void aRequestOfTheLimitIsReadAndOneOctetMoreIsRefused() throws IOException {
        start(SETTINGS, ControlRoutes.none().get("/x", request -> ControlAnswer.text("text/plain", "read")));
        String rest = " HTTP/1.1\r\n\r\n";
        int room = SETTINGS.requestOctets() - rest.length() - "GET /x?v=".length();

        assertThat(raw("GET /x?v=" + "a".repeat(room) + rest)).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /x?v=" + "a".repeat(room + 1) + rest)).startsWith("HTTP/1.1 400");
    }

    @Test
    void aRequestWithABodyOrOfAnotherProtocolIsRefused() throws IOException {
        start(SETTINGS, ControlRoutes.none().post("/x", request -> ControlAnswer.text("text/plain", "read")));

        assertThat(raw("POST /x HTTP/1.1\r\nContent-Length: 2\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("EHLO x\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST /%zz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 ");
    }

    @Test
    void aCallerWhoSaysNothingIsCutOff() throws IOException {
        start(new ControlSettings(2, 1_000, Duration.ofMillis(50), Duration.ofSeconds(30)), ControlRoutes.none());

        assertThat(raw("GET /health HTT")).isEmpty();
    }

    @Test
    void callersBeyondTheLimitAreTurnedAwayAndThoseAfterwardsServed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        start(
                new ControlSettings(1, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                ControlRoutes.none().get("/wait", request -> {
                    entered.countDown();
                    await(mayEnd);
                    return ControlAnswer.text("text/plain", "waited");
                }));
        try (SocketChannel working = connect("GET /wait HTTP/1.1\r\n\r\n")) {
            entered.await();
            try (SocketChannel queued = connect("GET /wait HTTP/1.1\r\n\r\n")) {
                assertThat(raw("GET /wait HTTP/1.1\r\n\r\n")).isEmpty();
                mayEnd.countDown();
                assertThat(read(queued)).contains("waited");
            }
            assertThat(read(working)).contains("waited");
        }
    }

    @Test
    void aSocketLeftByAServiceThatDiedIsReplaced() throws IOException {
        ControlAddress place = ControlAddress.of(runDir, "server");
        ControlServer dead = ControlServer.start(place, SETTINGS, ControlRoutes.none());
        server = ControlServer.start(
                place, SETTINGS, ControlRoutes.none().get("/x", request -> ControlAnswer.text("text/plain", "new")));

        assertThat(get(List.of("x"), Map.of())).isEqualTo("new");
        assertThat(dead).isNotNull();
    }

    @Test
    void aRunFolderWithALongPathHasItsSocketElsewhereAndIsFoundAllTheSame() throws IOException {
        runDir = Files.createDirectories(runDir.resolve("l".repeat(120)));
        start(SETTINGS, ControlRoutes.none().get("/x", request -> ControlAnswer.text("text/plain", "found")));

        assertThat(get(List.of("x"), Map.of())).isEqualTo("found");
        Path moved = Path.of(Files.readString(runDir.resolve("server/control/moved"), StandardCharsets.UTF_8)
                .strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(moved.getParent())))
                .isEqualTo("rwx------");
        server.close();
        assertThat(moved.getParent()).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeStopsTheStartWithASentence() throws IOException {
        Files.writeString(runDir.resolve("server"), "a file", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> start(SETTINGS, ControlRoutes.none()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("check that the run folder belongs to the service's user");
    }

    @Test
    void aServiceThatSaysNothingIsNotWaitedForPastThePatience() throws IOException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        start(SETTINGS, ControlRoutes.none().get("/wait", request -> {
            await(mayEnd);
            return ControlAnswer.text("text/plain", "too late");
        }));
        ControlClient hasty = new ControlClient(ControlAddress.of(runDir, "server"), Duration.ofMillis(100));

        assertThatThrownBy(() -> hasty.get(List.of("wait"), Map.of())).isInstanceOf(IOException.class);
        mayEnd.countDown();
    }

    @Test
    void nobodyListeningIsAnError() {
        assertThatThrownBy(() -> client().get(List.of("health"), Map.of())).isInstanceOf(IOException.class);
    }

    private void start(ControlSettings settings, ControlRoutes routes) {
        server = ControlServer.start(ControlAddress.of(runDir, "server"), settings, routes);
    }

    private ControlClient client() {
        return new ControlClient(ControlAddress.of(runDir, "server"), Duration.ofSeconds(30));
    }

    private String get(List<String> path, Map<String, String> values) throws IOException {
        try (ControlClient.Reply reply = client().get(path, values)) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int status(List<String> path) throws IOException {
        try (ControlClient.Reply reply = client().get(path, Map.of())) {
            return reply.status();
        }
    }

    private String raw(String request) throws IOException {
        try (SocketChannel channel = connect(request)) {
            return read(channel);
        }
    }

    private SocketChannel connect(String request) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(ControlAddress.of(runDir, "server").find());
        OutputStream out = Channels.newOutputStream(channel);
        try {
            out.write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // turned away before a word: what is read then is nothing
            assertThat(e).hasMessageContaining("Broken pipe");
        }
        return channel;
    }

    private static String read(SocketChannel channel) {
        try {
            InputStream in = Channels.newInputStream(channel);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // cut off with a word unread
            assertThat(e).hasMessageContaining("reset");
            return "";
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
