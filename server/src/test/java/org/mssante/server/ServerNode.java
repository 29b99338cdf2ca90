package org.mssante.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;

/** A {@link RunningServer} in a process of its own, which can be killed. The directory is the demonstration's in each. */
final class ServerNode implements AutoCloseable {
    private static final String READY = "ports ";

    private final Path runDir;
    private final Process process;
    private final Map<String, Integer> ports;

    private ServerNode(Path runDir, Process process, Map<String, Integer> ports) {
        this.runDir = runDir;
        this.process = process;
        this.ports = ports;
    }

    /** A process that is starting. */
    record Starting(Path runDir, Process process) {
        /** Waits until it says which ports it opened. */
        ServerNode ready() throws IOException {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    return new ServerNode(runDir, process, ports(line.substring(READY.length())));
                }
            }
            throw new IllegalStateException(
                    "a node did not start: " + Files.readString(runDir.resolve("node.log"), StandardCharsets.UTF_8));
        }

        private static Map<String, Integer> ports(String list) {
            return Arrays.stream(list.split(" ", -1))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
        }
    }

    static Starting start(Path runDir, Map<String, String> changes) throws IOException {
        Files.createDirectories(runDir);
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-Dmssante.home=" + System.getProperty("mssante.home"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerNode.class.getName(),
                                runDir.toString()),
                        changes.entrySet().stream().map(change -> change.getKey() + "=" + change.getValue()))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(runDir.resolve("node.log").toFile())
                .start();
        return new Starting(runDir, process);
    }

    /** The process: serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        Map<String, String> changes = Arrays.stream(args)
                .skip(1)
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        try (RunningServer server = RunningServer.start(Path.of(args[0]), changes)) {
            System.out.println(READY
                    + server.ports().entrySet().stream()
                            .map(port -> port.getKey() + "=" + port.getValue())
                            .collect(Collectors.joining(" ")));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** From another operator. */
    SmtpConversation mx() throws IOException {
        KeyMaterial operator = KeyMaterial.load(runDir.resolve("certs/operator-b"));
        return new SmtpConversation(ports.get("smtp.mx.port"), Optional.of(operator), anchors()).startTls();
    }

    /** A shared mailbox, opened by its member. */
    ImapConversation imap(String mailbox, String member) throws IOException {
        ImapConversation imap = new ImapConversation(ports.get("imaps.port"), Optional.empty(), anchors()).tlsAtOnce();
        String answer =
                imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain(mailbox, member, RunningServer.PASSWORD));
        if (!answer.startsWith("OK ")) {
            throw new IllegalStateException(answer);
        }
        return imap;
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
    }

    private List<X509Certificate> anchors() {
        return PemFiles.certificatesOfFolder(runDir.resolve("certs/anchors"));
    }
}
