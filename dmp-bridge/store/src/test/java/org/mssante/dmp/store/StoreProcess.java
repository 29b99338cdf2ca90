package org.mssante.dmp.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The store as a process of its own, with the configuration the project ships but another port. */
final class StoreProcess implements AutoCloseable {
    private static final Path CONF =
            Path.of(System.getProperty("mssante.home", "")).resolve("conf");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path runDir;
    private final int port;
    private final Process process;

    private StoreProcess(Path runDir, int port, Process process) {
        this.runDir = runDir;
        this.port = port;
        this.process = process;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Writes the configuration of an instance; {@code changes} are pairs of a text and what replaces it. */
    static void configure(Path runDir, int port, String... changes) throws IOException {
        Path store = Files.createDirectories(runDir.resolve("conf/store"));
        Path demo = Files.createDirectories(runDir.resolve("conf/demo"));
        String shipped = Files.readString(CONF.resolve("store/store.properties"), StandardCharsets.UTF_8)
                .replace("soap.port=10443", "soap.port=" + port)
                .replace("${run}/certs", TestPki.folder().toString());
        for (int i = 0; i < changes.length; i += 2) {
            shipped = shipped.replace(changes[i], changes[i + 1]);
        }
        Files.writeString(store.resolve("store.properties"), shipped, StandardCharsets.UTF_8);
        Files.writeString(
                demo.resolve("patients.csv"),
                Files.readString(CONF.resolve("demo/patients.csv"), StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
    }

    static Process launch(Path runDir, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                DmpStore.class.getName(),
                "--conf",
                runDir.resolve("conf/store/store.properties").toString(),
                "--run-dir",
                runDir.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(runDir.resolve("log").toFile()))
                .start();
    }

    static StoreProcess start(Path runDir, int port, String... jvmOptions) throws IOException {
        Path ready = runDir.resolve("store/ready");
        Files.deleteIfExists(ready);
        Process process = launch(runDir, jvmOptions);
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast("the store ended", () -> !process.isAlive())
                .until(() -> Files.exists(ready));
        return new StoreProcess(runDir, port, process);
    }

    int port() {
        return port;
    }

    Path runDir() {
        return runDir;
    }

    void kill() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
