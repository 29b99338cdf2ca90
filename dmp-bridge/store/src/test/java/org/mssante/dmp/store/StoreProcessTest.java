package org.mssante.dmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti43.RetrievedDocument;
import org.mssante.dmp.xds.metadata.Hash;

/** What only a process shows: a small heap, a kill, a start that fails. */
class StoreProcessTest {
    private static final String SHIPPED_REPOSITORY = "1.2.250.1.213.4.1.1.1.2";
    private static final String[] SMALL_HEAP = {"-Xmx96m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"};

    @TempDir
    Path runDir;

    @Test
    void aDocumentOf30MegabytesGoesThroughASmallHeapBothWays() throws Exception {
        int port = StoreProcess.freePort();
        StoreProcess.configure(runDir, port);
        int size = 30 * 1_048_576;
        try (StoreProcess store = StoreProcess.start(runDir, port, SMALL_HEAP);
                DmpClients clients = clients(store)) {
            Answer<Registered> filed = clients.provideAndRegister()
                    .submit(SampleSubmission.of(
                            SampleSubmission.entry(RunningStore.ACTIVE, "1.2.3.30.1"), () -> new Noise(size)));
            assertThat(filed).isEqualTo(new Answer.Given<>(new Registered(false)));
            Answer<RetrievedDocument> read = clients.retrieve().retrieve("1.2.3.30.1", OutputStream.nullOutputStream());
            assertThat(read)
                    .isEqualTo(new Answer.Given<>(new RetrievedDocument(
                            "1.2.3.30.1", "text/xml", size, Hash.sha1(new Noise(size).readAllBytes()))));
        }
    }

    @Test
    void aKillLeavesAllOfADocumentOrNothing() throws Exception {
        int port = StoreProcess.freePort();
        StoreProcess.configure(runDir, port);
        Map<String, byte[]> sent = new ConcurrentHashMap<>();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 2; round++) {
            StoreProcess store = StoreProcess.start(runDir, port, SMALL_HEAP);
            try (DmpClients clients = clients(store)) {
                fileUntilKilled(clients.provideAndRegister(), store, round, sent, acknowledged);
            }
        }
        try (StoreProcess store = StoreProcess.start(runDir, port, SMALL_HEAP);
                DmpClients clients = clients(store)) {
            int found = 0;
            for (Map.Entry<String, byte[]> document : sent.entrySet()) {
                ByteArrayOutputStream sink = new ByteArrayOutputStream();
                Answer<RetrievedDocument> read = clients.retrieve().retrieve(document.getKey(), sink);
                if (read instanceof Answer.Given) {
                    found++;
                    assertThat(sink.toByteArray()).isEqualTo(document.getValue());
                }
                assertThat(read instanceof Answer.Given || !acknowledged.contains(document.getKey()))
                        .as("an acknowledged document is there")
                        .isTrue();
            }
            assertThat(found).isGreaterThanOrEqualTo(acknowledged.size());
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private static void fileUntilKilled(
            ProvideAndRegisterClient filing,
            StoreProcess store,
            int round,
            Map<String, byte[]> sent,
            Set<String> acknowledged)
            throws InterruptedException {
        int before = acknowledged.size();
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Runnable file = () -> {
            boolean alive = true;
            while (alive) {
                int number = next.incrementAndGet();
                String uniqueId = "1.2.3." + (40 + round) + "." + number;
                byte[] bytes =
                        ("document " + number + " ".repeat(number * 10_000 % 700_000)).getBytes(StandardCharsets.UTF_8);
                sent.put(uniqueId, bytes);
                alive = filing.submit(SampleSubmission.of(RunningStore.ACTIVE, uniqueId, bytes))
                        instanceof Answer.Given;
                if (alive) {
                    acknowledged.add(uniqueId);
                }
            }
        };
        threads.execute(file);
        threads.execute(file);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> acknowledged.size() > before + 6);
        store.kill();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anOccupiedPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StoreProcess.configure(runDir, taken.getLocalPort());
            assertThat(failure()).contains("store: The address 127.0.0.1:" + taken.getLocalPort() + " cannot be used");
        }
    }

    @Test
    void aMissingCertificateIsOneSentence() throws Exception {
        StoreProcess.configure(runDir, StoreProcess.freePort(), "dmp-store", "nowhere");
        assertThat(failure()).contains("nowhere").contains("cert.pem does not exist or cannot be read");
    }

    @Test
    void aMalformedPatientsFileIsOneSentence() throws Exception {
        StoreProcess.configure(runDir, StoreProcess.freePort());
        Files.writeString(
                runDir.resolve("conf/demo/patients.csv"), "matricule,authority,state\n1,2\n", StandardCharsets.UTF_8);
        assertThat(failure()).contains("patients.csv cannot be used (line 2 has not 3 columns)");
    }

    @Test
    void aSecondProcessOnTheSameDatabaseIsOneSentence() throws Exception {
        int port = StoreProcess.freePort();
        StoreProcess.configure(runDir, port);
        try (StoreProcess store = StoreProcess.start(runDir, port, SMALL_HEAP)) {
            StoreProcess.configure(runDir, StoreProcess.freePort());
            assertThat(failure()).contains("The store's database cannot be opened");
            assertThat(store.port()).isEqualTo(port);
        }
    }

    /** The last sentence of a store that does not start. */
    private String failure() throws IOException, InterruptedException {
        Process process = StoreProcess.launch(runDir, SMALL_HEAP);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(78);
        return Files.readString(runDir.resolve("log"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("store: "))
                .reduce((first, second) -> second)
                .orElse("");
    }

    private static DmpClients clients(StoreProcess store) {
        return new DmpClients(
                new org.mssante.dmp.xds.client.DmpConnection(
                        RunningStore.services(store.port()),
                        TestPki.client("bridge"),
                        Optional.empty(),
                        java.time.Duration.ofSeconds(5),
                        java.time.Duration.ofMinutes(1),
                        SHIPPED_REPOSITORY,
                        store.runDir(),
                        65_536),
                Clock.systemUTC());
    }

    /** Bytes that do not compress and are never held. */
    private static final class Noise extends InputStream {
        private final java.util.Random random = new java.util.Random(42);
        private int left;

        Noise(int size) {
            this.left = size;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            return random.nextInt() & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = 0;
            while (count < length && left > 0) {
                buffer[offset + count] = (byte) read();
                count++;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
