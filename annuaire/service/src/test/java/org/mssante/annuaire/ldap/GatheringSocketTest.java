package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of a connection in one process. */
@Timeout(60)
final class GatheringSocketTest {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MUCH = 40_000;

    private ServerSocket listener;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new PatientServerSockets(SILENCE, Optional.empty())
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        client.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
        server = listener.accept();
    }

    @AfterEach
    void hangUp() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void whatAnswersOneRequestLeavesTogetherWhenTheNextIsWaitedFor() throws Exception {
        client.getOutputStream().write('?');
        assertThat(server.getInputStream().read()).isEqualTo('?');
        server.getOutputStream().write('a');
        server.getOutputStream().write('b');
        client.setSoTimeout(200);
        assertThatThrownBy(() -> client.getInputStream().read())
                .as("nothing has left yet")
                .isInstanceOf(SocketTimeoutException.class);

        client.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
        Thread waiting = new Thread(() -> {
            try {
                server.getInputStream().read();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        waiting.start();
        byte[] answer = new byte[10];
        assertThat(client.getInputStream().read(answer)).isEqualTo(2);
        client.getOutputStream().write('?');
        waiting.join();
    }

    @Test
    void aRequestThatHasAlreadyComeIsReadBeforeAnythingLeaves() throws Exception {
        client.getOutputStream().write(new byte[] {'1', '2'});
        assertThat(server.getInputStream().read()).isEqualTo('1');
        server.getOutputStream().write('a');
        assertThat(server.getInputStream().read()).isEqualTo('2');

        client.setSoTimeout(200);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whatIsMuchLeavesAtOnce() throws Exception {
        server.getOutputStream().write(new byte[MUCH]);
        assertThat(client.getInputStream().readNBytes(MUCH)).hasSize(MUCH);

        for (int i = 0; i < MUCH; i++) {
            server.getOutputStream().write(i);
        }
        byte[] most = client.getInputStream().readNBytes(MUCH / 2);
        for (int i = 0; i < most.length; i++) {
            assertThat(most[i]).isEqualTo((byte) i);
        }
    }

    @Test
    void whatWasSaidBeforeTheEndArrives() throws Exception {
        server.getOutputStream().write('a');
        server.close();

        assertThat(client.getInputStream().readAllBytes()).containsExactly('a');
    }

    @Test
    void closingDoesNotWaitForWhoWritesToAClientThatDoesNotRead() throws Exception {
        OutputStream out = server.getOutputStream();
        Thread writing = new Thread(() -> {
            try {
                while (true) {
                    out.write(new byte[MUCH]);
                }
            } catch (IOException e) {
                // the end that is tested
            }
        });
        writing.start();
        Awaitility.await().until(() -> isInWrite(writing));

        server.close();

        writing.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(writing.isAlive()).isFalse();
    }

    /** Twice at the same place: the connection takes nothing more. */
    private static boolean isInWrite(Thread thread) throws InterruptedException {
        StackTraceElement[] before = thread.getStackTrace();
        TimeUnit.MILLISECONDS.sleep(300);
        return before.length > 0 && Arrays.equals(before, thread.getStackTrace());
    }
}
