package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.mssante.core.tls.KeyMaterial;

/** A run folder with a trust space at work in it, for tests of other rooms. */
public final class TestTrustSpaceFolder {
    private final Path runDir;
    private final TestPki pki = new TestPki();
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));

    public TestTrustSpaceFolder(Path runDir) {
        this.runDir = runDir;
        pki.writeAnchors(runDir.resolve("anchors"));
        pki.writeRevocationLists(runDir.resolve("crl"));
    }

    /** Puts a list of so many domains there. */
    public byte[] publish(int domains, int second) throws IOException {
        TestTrustLists list = new TestTrustLists();
        for (int i = 0; i < domains; i++) {
            list.with("d" + i + ".mssante.fr", operator);
        }
        byte[] bytes = list.signedBy(TestTrustLists.signer(pki), TestPki.NOW.plusSeconds(second));
        Path beside = runDir.resolve("list.new");
        Files.write(beside, bytes);
        Files.move(beside, runDir.resolve("list.xml"), StandardCopyOption.REPLACE_EXISTING);
        return bytes;
    }

    /** The certificate of the operator whose domains are listed. */
    public Path writeOperator() {
        Path file = runDir.resolve("operator.pem");
        TestPki.write(file, TestPki.pem("CERTIFICATE", TestPki.encoded(operator.leaf())));
        return file;
    }

    /** A list that anybody of the trust space signed. */
    public byte[] listSignedBy(String commonName) {
        return new TestTrustLists()
                .with("d0.mssante.fr", operator)
                .signedBy(pki.issue(pki.signer(TestPki.dn(commonName), "a@exemple.mssante.fr")), TestPki.NOW);
    }

    /** As the server does, at {@link TestPki#NOW}. */
    public TrustService start() {
        return TrustService.start(
                new TestTrustSettings(runDir)
                        .keptIn(runDir.resolve("server/data/trust"))
                        .rules(30, Duration.ofDays(30))
                        .settings(),
                new RecordedTrace(),
                Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
    }
}
