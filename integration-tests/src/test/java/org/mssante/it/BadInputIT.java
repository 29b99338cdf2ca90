package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.it.client.Program;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.instance.ServiceRunner;

/** What a service cannot work with stops it within seconds, with one sentence that says what to do. */
@ExtendWith(SharedInstance.class)
@Timeout(60)
class BadInputIT {
    /** EX_CONFIG of sysexits.h. */
    private static final int EXIT_CONFIGURATION = 78;

    private static final Duration SECONDS = Duration.ofSeconds(30);

    private final TestInstance working;

    BadInputIT(TestInstance working) {
        this.working = working;
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void malformedConfigurationStopsTheService(ServiceKind kind) throws IOException {
        TestInstance instance = copy("malformed", kind);
        append(instance, kind, "broken = \\uZZZZ");
        assertThat(sentence(instance, kind)).contains(kind.folder() + ".properties", "malformed", "correct that line");
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void unknownKeyStopsTheService(ServiceKind kind) throws IOException {
        TestInstance instance = copy("unknown-key", kind);
        append(instance, kind, "listen.adress = 127.0.0.1");
        assertThat(sentence(instance, kind)).contains(kind.folder() + ".properties", "listen.adress", "remove");
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void missingCertificateStopsTheService(ServiceKind kind) throws IOException {
        TestInstance instance = copy("missing-certificate", kind);
        Path certificate = instance.instance().certificates().resolve(identityOf(kind) + "/cert.pem");
        Files.delete(certificate);
        assertThat(sentence(instance, kind)).contains(certificate.toString(), "./mssante certs");
    }

    /** The working instance listens there. */
    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void occupiedPortStopsTheService(ServiceKind kind) {
        TestInstance instance = copy("occupied-port", kind);
        assertThat(sentence(instance, kind))
                .containsAnyOf(Arrays.stream(ServicePort.values())
                        .filter(port -> port.service() == kind)
                        .map(port -> Integer.toString(instance.endpoint(port).port()))
                        .toArray(String[]::new))
                .contains("--port-offset");
    }

    @Test
    void truncatedTrustListStopsTheServer() throws IOException {
        TestInstance instance = copy("truncated-list", ServiceKind.SERVER);
        Path list = instance.instance().certificates().resolve("trust-list.xml");
        byte[] whole = Files.readAllBytes(list);
        Files.write(list, Arrays.copyOf(whole, whole.length / 2));
        assertThat(sentence(instance, ServiceKind.SERVER)).contains("trust list", list.toString());
    }

    /**
     * An instance like the working one, on the same ports, except for what the test is about to break: all of it is to be
     * found before a port is opened.
     */
    private TestInstance copy(String name, ServiceKind kind) {
        return TestInstance.prepare(
                        "bad-" + name + "-" + kind.folder(), working.instance().portOffset())
                .withCredentialsOf(working);
    }

    private static void append(TestInstance instance, ServiceKind kind, String line) throws IOException {
        Files.writeString(
                instance.instance().configuration(kind),
                "\n" + line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
    }

    private static String identityOf(ServiceKind kind) {
        return switch (kind) {
            case ANNUAIRE -> "annuaire";
            case STORE -> "dmp-store";
            case BRIDGE -> "bridge";
            case SERVER -> "operator";
        };
    }

    /** The one sentence on standard error; a service that goes on running fails the test. */
    private static String sentence(TestInstance instance, ServiceKind kind) {
        Program.Result result =
                Program.run(new ProcessBuilder(new ServiceRunner(instance.instance(), kind).command()), "", SECONDS);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(EXIT_CONFIGURATION);
        assertThat(result.err().lines().toList())
                .as("standard error")
                .singleElement()
                .asString()
                .startsWith(kind.folder() + ": ")
                .endsWith(".");
        return result.err();
    }
}
