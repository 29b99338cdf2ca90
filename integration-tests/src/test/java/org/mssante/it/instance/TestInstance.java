package org.mssante.it.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceFile;
import org.mssante.launcher.instance.InstanceRunner;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.MailLogins;

/**
 * An instance of the built services with its own copy of the configuration, in {@code target/it/<name>}, on free ports.
 * What it wrote stays there after the test.
 */
public final class TestInstance implements AutoCloseable {
    /** How long anything may take on a busy machine. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Instance instance;
    private final InstanceRunner runner;

    private TestInstance(Instance instance) {
        this.instance = instance;
        this.runner = new InstanceRunner(
                instance, new InstanceRunner.Limits(PATIENCE, Duration.ofSeconds(30)), Clock.systemUTC(), line -> {});
    }

    /** Lays out the folder; nothing is started. */
    public static TestInstance prepare(String name) {
        return prepare(name, PortBlock.free());
    }

    /** The same on chosen ports. */
    public static TestInstance prepare(String name, int portOffset) {
        Path folder = home().resolve("integration-tests/target/it").resolve(name);
        Folders.delete(folder);
        Path conf = folder.resolve("conf");
        Folders.copy(home().resolve("conf"), conf);
        return new TestInstance(new Instance(home(), folder.resolve("run"), conf, portOffset));
    }

    /** The project's folder. */
    public static Path home() {
        return Path.of(System.getProperty("mssante.home"));
    }

    /** Sets a key that the service's shipped configuration holds. */
    public TestInstance set(ServiceKind kind, String key, String value) {
        return edit(kind, key, key + " = " + value);
    }

    /** Puts a whole line in the place of the one that sets {@code key}. */
    public TestInstance edit(ServiceKind kind, String key, String replacement) {
        Path file = instance.configuration(kind);
        List<String> lines = read(file).lines().toList();
        Assertions.assertThat(lines).as("lines of %s that set %s", file, key).anyMatch(line -> sets(line, key));
        write(
                file,
                lines.stream()
                        .map(line -> sets(line, key) ? replacement : line)
                        .collect(Collectors.joining("\n", "", "\n")));
        return this;
    }

    private static boolean sets(String line, String key) {
        return line.startsWith(key)
                && line.substring(key.length()).stripLeading().startsWith("=");
    }

    /** Takes over the PKI of another instance, which has been up. */
    public TestInstance withCertificatesOf(TestInstance other) {
        Folders.copy(other.instance.certificates(), instance.certificates());
        return this;
    }

    /** Takes over the PKI and the secrets of another instance, which has been up. */
    public TestInstance withCredentialsOf(TestInstance other) {
        Folders.copy(other.instance.secrets(), instance.secrets());
        return withCertificatesOf(other);
    }

    /** Takes over the shared PKI, where it has none yet. */
    public TestInstance withCertificates() {
        if (!Files.exists(instance.certificates())) {
            Folders.copy(SharedPki.folder(), instance.certificates());
        }
        return this;
    }

    /** Starts all services, as {@code ./mssante up} does; on the shared PKI, where it has none yet. */
    public TestInstance up() {
        withCertificates();
        new InstanceFile(instance.runDir()).save(instance);
        runner.up();
        return this;
    }

    /** Starts some services, each once the one before is ready; the PKI has to be there. */
    public TestInstance up(ServiceKind... kinds) {
        for (ServiceKind kind : kinds) {
            restart(kind);
        }
        return this;
    }

    public Instance instance() {
        return instance;
    }

    public Endpoint endpoint(ServicePort port) {
        return instance.endpoint(port);
    }

    public Traces traces() {
        return Traces.of(instance.runDir());
    }

    /** The trace from this moment on. */
    public Traces tracesFromNow() {
        return traces().fromNow();
    }

    public MailLogin login(MailAddress mailbox) {
        return new MailLogins(instance).of(mailbox);
    }

    public MailLogin.ByPassword login(MailAddress mailbox, MailAddress person) {
        return new MailLogins(instance).asMember(mailbox, person);
    }

    /** The certificate authorities of the instance in one PEM file, as command-line clients want them. */
    public Path anchorBundle() {
        Path bundle = instance.runDir().resolve("anchors-bundle.pem");
        if (!Files.exists(bundle)) {
            write(
                    bundle,
                    read(instance.certificates().resolve("anchors/root.pem"))
                            + read(instance.certificates().resolve("anchors/organisations-ca.pem")));
        }
        return bundle;
    }

    /** Ends a service as a crash would and waits until it is gone. */
    public void kill(ServiceKind kind) {
        ServiceRunner service = runner.runner(kind);
        service.kill();
        Awaitility.await(kind + " is gone")
                .atMost(PATIENCE)
                .until(() -> !service.state().alive());
    }

    /** Starts a service and does not wait for it. */
    public void begin(ServiceKind kind) {
        runner.runner(kind).start();
    }

    /** Starts a service again and waits until it is ready. */
    public void restart(ServiceKind kind) {
        begin(kind);
        ServiceRunner service = runner.runner(kind);
        Awaitility.await(kind + " is ready")
                .atMost(PATIENCE)
                .failFast(() -> Assertions.assertThat(service.state().alive())
                        .as("%s ended while it started: %s", kind, service.lastSentence())
                        .isTrue())
                .until(() -> service.state().ready());
    }

    /** Ends every service in order; one that has to be killed for it fails the test. */
    @Override
    public void close() {
        Assertions.assertThat(runner.down())
                .as("services that had to be killed")
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
