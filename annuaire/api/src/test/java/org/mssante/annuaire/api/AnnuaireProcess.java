package org.mssante.annuaire.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.mssante.core.id.MailAddress;

/**
 * The built annuaire as a process of its own, with the delivered configuration on free ports: for tests of modules
 * whose class path the annuaire cannot share. Comes in this module's test-jar; needs {@code annuaire/service} packaged
 * and the development certificates in {@code runDir/certs}.
 */
public final class AnnuaireProcess implements AutoCloseable {
    private static final int LDAP_PORT = 10_389;
    private static final int LDAPS_PORT = 10_636;
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path runDir;
    private final int portOffset;

    private AnnuaireProcess(Process process, Path runDir, int portOffset) {
        this.process = process;
        this.runDir = runDir;
        this.portOffset = portOffset;
    }

    /**
     * Returns once it answers.
     *
     * @param home the project's folder
     */
    public static AnnuaireProcess start(Path home, Path runDir) {
        int portOffset = freeOffset();
        Path target = home.resolve("annuaire/service/target");
        Path ready = runDir.resolve("annuaire/ready");
        try {
            Path log = Files.createDirectories(runDir.resolve("annuaire/log")).resolve("annuaire.log");
            Files.deleteIfExists(ready);
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xms16m",
                            "-Xmx160m",
                            "-cp",
                            target.resolve("mssante-annuaire-service.jar") + ":" + target.resolve("lib") + "/*",
                            "org.mssante.annuaire.AnnuaireService",
                            "--conf",
                            home.resolve("conf/annuaire/annuaire.properties").toString(),
                            "--run-dir",
                            runDir.toString(),
                            "--port-offset",
                            Integer.toString(portOffset)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            AnnuaireProcess annuaire = new AnnuaireProcess(process, runDir, portOffset);
            annuaire.awaitReady(ready, log);
            return annuaire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client a service would open, e.g. for {@code server} or {@code bridge}. */
    public LdapDirectory directory(String service) {
        return LdapDirectory.open(new LdapDirectoryConfiguration(
                "localhost",
                ldapsPort(),
                LdapNames.serviceDn(service),
                runDir.resolve("secrets/ldap-" + service + ".secret"),
                runDir.resolve("certs/anchors"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4));
    }

    /** The password that was generated for a personal mailbox. */
    public String password(MailAddress person) {
        try {
            return Files.readString(runDir.resolve("secrets").resolve(person + ".password"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int ldapPort() {
        return LDAP_PORT + portOffset;
    }

    public int ldapsPort() {
        return LDAPS_PORT + portOffset;
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void awaitReady(Path ready, Path log) {
        Awaitility.await()
                .atMost(START)
                .failFast("the annuaire has ended, see " + log, () -> !process.isAlive())
                .until(() -> Files.exists(ready));
    }

    private static int freeOffset() {
        for (int offset = 20_000; offset < 50_000; offset += 7) {
            if (isFree(LDAP_PORT + offset) && isFree(LDAPS_PORT + offset)) {
                return offset;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
