package org.mssante.dmp.bridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.sql.LossyDisk;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.TestBridge;

/** What the bridge has answered for outlives a power loss, on a disk that keeps nothing but what was forced. */
class LedgerPowerLossTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void anAcceptedMailAndTheEndOfADocumentAreOnTheDisk() throws IOException {
        LossyDisk.register();
        LedgerDatabase lossy = LedgerDatabase.open("jdbc:h2:whole:lossy:" + folder.resolve("bridge"), "sa", "", 4);
        Delivery delivery;
        try (TestBridge bridge = new TestBridge(lossy, "bridge-1", NOW, new FakeDmp())) {
            delivery = bridge.accept(Samples.mailWithPackage());
            losePower("accepted");
            bridge.work();
            losePower("filed");
        }

        try (TestBridge accepted = survivor("accepted", new FakeDmp())) {
            assertThat(accepted.messages.nextReceived())
                    .hasValueSatisfying(mail -> assertThat(
                                    accepted.messages.message(mail.id()).content())
                            .isEqualTo(Samples.mailWithPackage()));
        }
        try (TestBridge filed = survivor("filed", new FakeDmp())) {
            assertThat(filed.outcomes(delivery))
                    .singleElement()
                    .satisfies(document -> assertThat(document.state()).isEqualTo(DocumentState.FILED))
                    .satisfies(document -> assertThat(document.outcome()).isEqualTo(Outcome.DOCUMENT_FILED));
        }
    }

    private void losePower(String name) throws IOException {
        LossyDisk.losePower(folder.resolve("bridge.mv.db"), folder.resolve(name + ".mv.db"));
    }

    private TestBridge survivor(String name, FakeDmp dmp) {
        return new TestBridge(
                LedgerDatabase.open("jdbc:h2:file:" + folder.resolve(name), "sa", "", 4), "bridge-1", NOW, dmp);
    }
}
