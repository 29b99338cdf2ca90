package org.mssante.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import picocli.CommandLine;

/** The command on the PKI a development instance has. */
class TrustCommandTest {
    private final Path certs = SharedPki.folder();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysYesToTheListOfTheInstanceAndShowsItsSigner() {
        assertThat(verify("--signer-cn", "listeblanche.demo.mssante.fr")).isZero();
        assertThat(out.toString())
                .startsWith("VALID ")
                .contains(
                        "signer        CN=listeblanche.demo.mssante.fr",
                        "signer name   looked at",
                        "domains       4",
                        "rows skipped  0");
    }

    @Test
    void printsOneJsonObject() throws IOException {
        assertThat(verify("--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());

        assertThat(json.get("valid").asBoolean()).isTrue();
        assertThat(json.get("revocationLookedAt").asBoolean()).isTrue();
        assertThat(json.get("signerLookedAt").asBoolean()).isFalse();
        assertThat(json.get("domains").asInt()).isEqualTo(4);
        assertThat(json.get("signer").get("subject").asText()).startsWith("CN=listeblanche.demo.mssante.fr");
        assertThat(json.get("skipped").isEmpty()).isTrue();
    }

    @Test
    void saysNoToAnotherSignerAnotherTimeAndRevocationListsThatTellNothing() throws IOException {
        assertThat(verify("--signer-cn", "alb.mssante.fr")).isOne();
        assertThat(verify("--at", "2010-01-01T00:00:00Z")).isOne();
        assertThat(execute(
                        "verify",
                        "--list",
                        certs.resolve("trust-list.xml"),
                        "--anchors",
                        certs.resolve("anchors"),
                        "--crls",
                        Files.createDirectory(folder.resolve("none"))))
                .isOne();
        assertThat(out.toString()).contains("REFUSED").doesNotContain("VALID ");
    }

    @Test
    void listAndAnchorsAreEnoughAndItSaysThatRevocationAndSignerWereNotLookedAt() {
        Object[] words = {"verify", "--list", certs.resolve("trust-list.xml"), "--anchors", certs.resolve("anchors")};
        assertThat(execute(words)).isZero();
        assertThat(out.toString()).contains("VALID ", "revocation    not looked at", "signer name   not looked at");
    }

    @Test
    void saysNoToATamperedListAndToAFileThatIsNotThere() throws IOException {
        Path tampered = folder.resolve("tampered.xml");
        Files.writeString(
                tampered, Files.readString(certs.resolve("trust-list.xml")).replace("chu-exemple", "chu-pirate"));

        assertThat(verifyFile(tampered, "--json")).isOne();
        assertThat(out.toString()).contains("\"valid\":false", "\"reason\":\"SIGNATURE_WRONG\"");
        assertThat(verifyFile(folder.resolve("nowhere.xml"))).isOne();
        assertThat(err.toString()).contains("cannot be read: correct --list");
    }

    @Test
    void refusesACommandLineThatLacksTheList() {
        assertThat(execute("verify", "--anchors", certs.resolve("anchors"))).isEqualTo(2);
    }

    @Test
    void saysNoToTheExcerptOfTheCorpus() {
        String corpus = System.getProperty("mssante.corpus", "");
        Assumptions.assumeFalse(corpus.isEmpty(), "no corpus");

        assertThat(verifyFile(Path.of(corpus, "liste-blanche", "unsigned-contacts-masked-truncated.xml")))
                .isOne();
    }

    @Test
    void checksACertificateForADomain() {
        assertThat(check("chu-exemple.mssante.fr", "operator-b")).isZero();
        assertThat(out.toString()).contains("YES  CN=smtp.chu-exemple.mssante.fr");

        assertThat(check("demo.mssante.fr", "operator-b")).isOne();
        assertThat(out.toString()).contains("MSS-T08", "MSS-T12");
        assertThat(check("revoque.exemple.mssante.fr", "revoked")).isOne();
        assertThat(out.toString()).contains("MSS-T05");
        assertThat(check("ailleurs.fr", "operator-b")).isOne();
        assertThat(out.toString()).contains("MSS-T07", "MSS-T10");
        assertThat(check("demo.mssante.fr", "unlisted")).isOne();
    }

    private int check(String domain, String name) {
        return execute(
                "check",
                "--list",
                certs.resolve("trust-list.xml"),
                "--anchors",
                certs.resolve("anchors"),
                "--crls",
                certs.resolve("crl"),
                "--domain",
                domain,
                "--cert",
                certs.resolve(name).resolve("cert.pem"));
    }

    private int verify(String... more) {
        return verifyFile(certs.resolve("trust-list.xml"), more);
    }

    private int verifyFile(Path list, String... more) {
        List<Object> words = new ArrayList<>(List.of(
                "verify", "--list", list, "--anchors", certs.resolve("anchors"), "--crls", certs.resolve("crl")));
        words.addAll(List.of(more));
        return execute(words.toArray());
    }

    private int execute(Object... words) {
        CommandLine command = TrustCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                java.util.Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }
}
