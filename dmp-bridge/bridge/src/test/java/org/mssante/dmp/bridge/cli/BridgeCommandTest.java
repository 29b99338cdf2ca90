package org.mssante.dmp.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.dmp.bridge.extract.Samples;

/** The commands as a person calls them, with the configuration that is shipped. */
class BridgeCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void showsTheMetadataOfADocument() throws IOException {
        Result result = run("cda", "inspect", file("a.xml", Samples.report()));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("WOULD_BE_FILED", Samples.DOCUMENT_ID, "urn:ihe:lab:xd-lab:2008");
    }

    @Test
    void showsTheRefusalOfAPackage() throws IOException {
        Map<String, byte[]> files = Samples.packageFiles();
        files.remove("IHE_XDM/SUBSET01/DOC00001.XML");
        Result result = run("xdm", "inspect", file("a.zip", Samples.zip(files)));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("MSS-D34", "XDM_DOCUMENT_MISSING");
    }

    @Test
    void showsWhatAMailHolds() throws IOException {
        assertThat(run("mail", "inspect", file("a.eml", Samples.mailWithPackage()))
                        .code())
                .isZero();
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        assertThat(run("cda", "inspect", file("a.txt", Samples.utf8("bonjour"))))
                .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("MSS-D30"));
        assertThat(run("xdm", "inspect", file("b.txt", Samples.utf8("bonjour"))).out())
                .contains("MSS-D33");
    }

    @Test
    void tellsWrongUsageFromRefusal() {
        assertThat(run("cda", "inspect").code()).isEqualTo(2);
        assertThat(run("cda", "inspect", "/nowhere/at/all.xml").code()).isEqualTo(2);
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private record Result(int code, String out) {}

    private static Result run(String... args) {
        PrintStream console = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code = BridgeCommand.run(args);
            return new Result(code, out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(console);
        }
    }
}
