package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;

/** Clients that ask and ask, and do not read what they are answered. */
class UnreadAnswersTest {
    /** More than the sockets of both sides hold. */
    private static final long PLENTY = 8_000_000;

    private static final Duration STALLED = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    private static final Pattern UNSEEN = Pattern.compile("UNSEEN (\\d+)");
    private static final int COMMANDS = 50_000;
    private static final int MESSAGES = 256;
    private static final int MESSAGE_OCTETS = 200_000;

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of("imap.login.timeout", PATIENCE.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aStrangerWhoReadsNothingIsReadNoFurtherAndSentAwayInTime() throws IOException {
        try (SocketChannel stranger = connected()) {
            assertThat(flood(stranger))
                    .as("octets taken from somebody who reads nothing")
                    .isLessThan(PLENTY);
            isToldInTheTrace(server, "imap.port");
        }
    }

    @Test
    void soIsWhoeverHasLoggedIn(@TempDir Path runDir) throws IOException {
        try (RunningServer impatient = RunningServer.start(runDir, Map.of("imap.idle.timeout", PATIENCE.toString()));
                ImapConversation imap = impatient.imaps().loggedIn(DOCTOR, PASSWORD)) {
            var unused = asking(imap);
            isToldInTheTrace(impatient, "imaps.port");
        }
    }

    @Test
    void whoPausesAndReadsOnIsAnsweredEverythingInItsOrder() throws Exception {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            Thread asking = asking(imap);
            asking.join(STALLED.toMillis());
            for (int i = 0; i < COMMANDS; i++) {
                assertThat(imap.line()).startsWith("* CAPABILITY ");
                assertThat(imap.line()).startsWith("c" + i + " OK ");
            }
            asking.join();
            assertThat(imap.result("NOOP")).startsWith("OK ");
        }
    }

    @Test
    void oneCommandGoesNoFasterThanItsAnswersAreRead() throws IOException {
        try (ImapConversation slow = server.imaps().loggedIn(DOCTOR, PASSWORD);
                ImapConversation other = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            fill(slow);
            slow.send("f FETCH 1:* BODY[]");
            AtomicInteger before = new AtomicInteger(MESSAGES);
            await().pollInterval(STALLED).atMost(IN_TIME).until(() -> {
                int now = unseen(other);
                return now < MESSAGES && now == before.getAndSet(now);
            });
            assertThat(before).as("not fetched yet").hasPositiveValue();

            for (int i = 1; i <= MESSAGES; i++) {
                assertThat(slow.line()).startsWith("* " + i + " FETCH ");
                slow.bytes(MESSAGE_OCTETS);
                assertThat(slow.line()).endsWith(")");
            }
            assertThat(slow.line()).startsWith("f OK ");
            assertThat(unseen(other)).isZero();
        }
    }

    /** Somebody who lets little through the sockets, so that what is unread is unread in the server. */
    private static SocketChannel connected() throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        socket.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("imap.port")));
        return socket;
    }

    /** Asks until nothing more is taken; how many octets were. */
    private static long flood(SocketChannel socket) throws IOException {
        ByteBuffer asked = ByteBuffer.wrap("a CAPABILITY\r\n".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
        long sent = 0;
        try (Selector room = Selector.open()) {
            socket.configureBlocking(false);
            socket.register(room, SelectionKey.OP_WRITE);
            while (sent < PLENTY && room.select(STALLED.toMillis()) > 0) {
                room.selectedKeys().clear();
                sent += socket.write(asked);
                if (!asked.hasRemaining()) {
                    asked.rewind();
                }
            }
        }
        return sent;
    }

    /** Asks much, for as long as it is taken. */
    private static Thread asking(ImapConversation imap) {
        String commands = IntStream.range(0, COMMANDS)
                .mapToObj(i -> "c" + i + " CAPABILITY\r\n")
                .collect(Collectors.joining());
        Thread asking = new Thread(() -> {
            try {
                imap.sendBytes(commands.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.setDaemon(true);
        asking.start();
        return asking;
    }

    private static void isToldInTheTrace(RunningServer server, String port) {
        await().atMost(IN_TIME)
                .untilAsserted(() -> assertThat(server.trace("COMMAND_REFUSED")).anySatisfy(line -> {
                    assertThat(line.outcome()).contains(Outcome.CONNECTION_TOO_SLOW);
                    assertThat(line.get(Field.PROTOCOL)).contains("IMAP " + server.port(port));
                    assertThat(line.get(Field.DETAIL)).contains("leaves its answers unread");
                }));
    }

    private static void fill(ImapConversation imap) throws IOException {
        imap.result("CREATE Grand");
        String header = "Subject: a\r\n\r\n";
        imap.append("Grand", "", header + "x".repeat(MESSAGE_OCTETS - header.length()));
        imap.result("SELECT Grand");
        for (int count = 1; count < MESSAGES; count *= 2) {
            assertThat(imap.result("COPY 1:* Grand")).startsWith("OK ");
            imap.result("NOOP");
        }
    }

    private static int unseen(ImapConversation imap) throws IOException {
        Matcher unseen = UNSEEN.matcher(imap.command("STATUS Grand (UNSEEN)").get(0));
        assertThat(unseen.find()).isTrue();
        return Integer.parseInt(unseen.group(1));
    }
}
