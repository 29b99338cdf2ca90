package org.mssante.annuaire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.LdapDirectoryConfiguration;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.certs.SharedPki;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.core.service.ServiceArguments;

/** An instance of the annuaire in a folder of its own, with the demonstration's data, on free ports. */
public final class AnnuaireFixture {
    private final Path run;
    private final int ldapPort = freePort();
    private final int ldapsPort = freePort();
    private final int httpsPort = freePort();
    private final Map<String, String> settings = new LinkedHashMap<>();

    public AnnuaireFixture(Path run) {
        this.run = run;
        linkCertificates();
        // the cost of a real password check has its own test
        set("password.memory-kib", "64").set("password.iterations", "1");
        set("ldap.port", Integer.toString(ldapPort)).set("ldaps.port", Integer.toString(ldapsPort));
        set("https.port", Integer.toString(httpsPort));
    }

    private void linkCertificates() {
        try {
            Files.createSymbolicLink(run.resolve("certs"), SharedPki.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public AnnuaireFixture set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public AnnuaireService start() {
        return AnnuaireService.start(new ServiceArguments(conf(), run, 0));
    }

    /** The delivered configuration with this instance's changes. */
    public Path conf() {
        Path delivered = home().resolve("conf/annuaire/annuaire.properties");
        try {
            StringBuilder text = new StringBuilder();
            for (String line : Files.readAllLines(delivered, StandardCharsets.UTF_8)) {
                String key = line.split("=", -1)[0].strip();
                String changed = settings.get(key);
                text.append(changed == null ? line : key + " = " + changed).append('\n');
            }
            Path file = run.resolve("annuaire.properties");
            Files.writeString(
                    file,
                    text.toString().replace("${conf}", delivered.getParent().toString()),
                    StandardCharsets.UTF_8);
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public LdapDirectory directory(String service) {
        return LdapDirectory.open(new LdapDirectoryConfiguration(
                "localhost",
                ldapsPort,
                LdapNames.serviceDn(service),
                run.resolve("secrets/ldap-" + service + ".secret"),
                anchors(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4));
    }

    public Path anchors() {
        return run.resolve("certs/anchors");
    }

    public String secret(String file) {
        try {
            return Files.readString(run.resolve("secrets").resolve(file), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the control socket answers to {@code health}. */
    public String health() throws IOException {
        try (ControlClient.Reply reply = new ControlClient(ControlAddress.of(run, "annuaire"), Duration.ofSeconds(10))
                .get(List.of("health"), Map.of())) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The lines of the loads so far. */
    public String registerRuns() throws IOException {
        Path runs = run.resolve("annuaire/data/register-runs.jsonl");
        return Files.exists(runs) ? Files.readString(runs) : "";
    }

    public int ldapPort() {
        return ldapPort;
    }

    public int ldapsPort() {
        return ldapsPort;
    }

    public int httpsPort() {
        return httpsPort;
    }

    public static Path home() {
        return Path.of(System.getProperty("mssante.home"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
