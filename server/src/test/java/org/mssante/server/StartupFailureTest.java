package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.service.ServiceProcess;

/** What a process that cannot start says: one sentence that names the remedy, and exit code 78. */
class StartupFailureTest {
    @TempDir
    private Path runDir;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        RunningServer.linkCertificates(runDir);
        RunningServer.freePorts().forEach((key, port) -> settings.put(key, port.toString()));
    }

    @Test
    void namesAMalformedSetting() throws Exception {
        settings.put("smtp.threads", "beaucoup");

        assertThat(sentence()).contains("smtp.threads", "must be a whole number", "correct it");
    }

    @Test
    void namesASessionThatLastsLongerThanItsMessageIsInHand() throws Exception {
        settings.put("storage.queue.visibility.timeout", "PT15M");

        assertThat(sentence())
                .contains("delivery.session.timeout", "must be shorter than storage.queue.visibility.timeout");
    }

    @Test
    void namesASessionWithoutRoomForTheAnswerToAMessage() throws Exception {
        settings.put("delivery.data-end.timeout", "PT15M");

        assertThat(sentence()).contains("delivery.session.timeout", "must be longer than delivery.data-end.timeout");
    }

    @Test
    void namesAPlaceOfTokensThatIsToldByHalf() throws Exception {
        settings.put("connect.authorization.url", "https://connect.example/auth");

        assertThat(sentence()).contains("connect.token.url", "is empty, and connect.authorization.url is not");
    }

    @Test
    void namesAMissingCertificate() throws Exception {
        settings.put("tls.identity", "${run}/nowhere");

        assertThat(sentence()).contains("nowhere/cert.pem", "does not exist", "create it");
    }

    @Test
    void namesAnOccupiedPort() throws Exception {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("imaps.port", String.valueOf(occupied.getLocalPort()));

            assertThat(sentence())
                    .contains("imaps.port", "127.0.0.1:" + occupied.getLocalPort(), "in use", "--port-offset");
        }
    }

    @Test
    void namesATruncatedTrustList() throws Exception {
        byte[] whole = Files.readAllBytes(runDir.resolve("certs/trust-list.xml"));
        Path cut = Files.write(runDir.resolve("cut.xml"), java.util.Arrays.copyOf(whole, whole.length / 2));
        settings.put("trust.list.file", cut.toString());

        assertThat(sentence()).contains("trust list", "cut.xml");
    }

    /** Standard error of the process, which must be one line. */
    private String sentence() throws IOException, InterruptedException {
        Path conf = RunningServer.configuration(runDir, settings);
        Path errors = runDir.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path", "") + File.pathSeparator + surefireClassPath(),
                        MssanteServer.class.getName(),
                        "--conf",
                        conf.toString(),
                        "--run-dir",
                        runDir.toString())
                .redirectOutput(runDir.resolve("log").toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ServiceProcess.EXIT_CONFIGURATION);
        assertThat(Files.readAllLines(errors, StandardCharsets.UTF_8)).hasSize(1);
        return Files.readString(errors, StandardCharsets.UTF_8);
    }

    private static String surefireClassPath() {
        return System.getProperty("surefire.test.class.path", "");
    }
}
