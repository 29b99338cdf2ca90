package org.mssante.dmp.xds.xmldsig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.program.InstalledProgram;

/** A key that never leaves its token: SoftHSM, where it is installed (or {@code SOFTHSM2_MODULE} names its library). */
class TokenKeyTest {
    private static final String PIN = "4711";

    @TempDir
    Path folder;

    @Test
    void whatATokenSignsIsAcceptedAndAWrongPinIsSaid() throws Exception {
        InstalledProgram.assume("softhsm2-util");
        Path library = library();
        Path pin = Files.writeString(folder.resolve("pin"), PIN);
        Path wrong = Files.writeString(folder.resolve("wrong"), "4712");
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\n");
        Path configuration = Files.writeString(
                folder.resolve("token.cfg"), "name = Seal\nlibrary = " + library + "\nslotListIndex = 0\n");
        run(
                "softhsm2-util",
                "--module",
                library.toString(),
                "--init-token",
                "--free",
                "--label",
                "seal",
                "--pin",
                PIN,
                "--so-pin",
                "0000");

        assertThat(probe("sign", configuration, pin)).contains("There is no private key in " + configuration);
        probe("import", configuration, pin);
        assertThat(probe("sign", configuration, pin)).contains(TokenProbe.ACCEPTED);
        assertThat(probe("sign", configuration, wrong))
                .contains("The PIN in " + wrong + " is not that of the token of " + configuration);
    }

    private static Path library() {
        List<Path> places = Stream.concat(
                        Optional.ofNullable(System.getenv("SOFTHSM2_MODULE")).stream(),
                        Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so"))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        InstalledProgram.assume(!places.isEmpty(), "SoftHSM");
        return places.get(0);
    }

    private String probe(String what, Path configuration, Path pin) throws Exception {
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmssante.home=" + System.getProperty("mssante.home"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TokenProbe.class.getName(),
                what,
                configuration.toString(),
                pin.toString());
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
