package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.trace.Event;
import org.mssante.it.client.HangingConnections;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.instance.ServiceRunner;

/** A thousand clients that never come as far as TLS keep no listed operator out, and take little memory. */
@Timeout(300)
class HangingConnectionsIT {
    private static final int CONNECTIONS = 1_000;
    private static final int LETTERS = 5;

    /** A listed operator waits no longer for the whole of a message, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of resident memory, for all of them together; the heap has a bound of its own. */
    private static final long GROWTH = 200_000_000L;

    private static TestInstance instance;

    @BeforeAll
    static void start() {
        instance = TestInstance.prepare("hanging").withCertificates().up(ServiceKind.ANNUAIRE, ServiceKind.SERVER);
        deliver();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void connectionsLeftHangingBeforeTlsKeepNoListedOperatorOut() throws IOException {
        long before = resident();
        try (HangingConnections hanging = new HangingConnections(instance.endpoint(ServicePort.SMTP_MX), CONNECTIONS)) {
            assertThat(hanging.alive()).isGreaterThan(CONNECTIONS * 9 / 10);
            for (int i = 0; i < LETTERS; i++) {
                deliver();
            }
            assertThat(resident()).isLessThan(before + GROWTH);
        }
    }

    @Test
    void connectionsThatSendAnOctetASecondKeepNoListedOperatorOut() throws Exception {
        long before = resident();
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (HangingConnections slow = new HangingConnections(instance.endpoint(ServicePort.SMTP_MX), CONNECTIONS)) {
            Future<?> letters = operator.submit(() -> {
                for (int i = 0; i < LETTERS; i++) {
                    deliver();
                }
            });
            Awaitility.await("the letters are delivered")
                    .atMost(PATIENCE.multipliedBy(LETTERS))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        slow.sendAnOctet();
                        return letters.isDone();
                    });
            letters.get();
            assertThat(slow.alive()).isGreaterThan(CONNECTIONS * 9 / 10);
            assertThat(resident()).isLessThan(before + GROWTH);
        } finally {
            operator.shutdownNow();
        }
    }

    /** A message of a listed operator, from its connection to the mailbox. */
    private static void deliver() {
        Instant begin = Instant.now();
        String id = new Letters(instance)
                .deliver("operator-b", Mailboxes.HOSPITAL, Mailboxes.PRACTITIONER, "Passe quand même");
        instance.traces().await("delivery", Traces.about(id).and(Traces.is(Event.DELIVERED)));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(PATIENCE);
    }

    private static long resident() {
        return new ServiceRunner(instance.instance(), ServiceKind.SERVER)
                .state()
                .residentBytes()
                .orElseThrow();
    }
}
