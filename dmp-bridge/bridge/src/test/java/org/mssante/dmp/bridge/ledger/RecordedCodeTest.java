package org.mssante.dmp.bridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.TestBridge;

class RecordedCodeTest {
    @TempDir
    Path folder;

    @Test
    void aCodeThatThisVersionDoesNotKnowIsNamedAndNotTakenForAnother() {
        LedgerDatabase database = LedgerDatabase.embedded(folder, 4);
        try (TestBridge bridge =
                new TestBridge(database, "bridge-1", Instant.parse("2026-11-20T10:00:00Z"), new FakeDmp())) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            database.transaction(connection -> {
                try (PreparedStatement newer =
                        connection.prepareStatement("UPDATE document SET outcome = 'MSS-D999', state = 'REFUSED'")) {
                    return newer.executeUpdate();
                }
            });

            assertThat(bridge.outcomes(mail))
                    .singleElement()
                    .satisfies(document -> assertThat(document.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN))
                    .satisfies(document -> assertThat(document.detail()).contains("MSS-D999"));
            assertThat(bridge.queue.documents(Samples.DOCUMENT_ID))
                    .singleElement()
                    .satisfies(document -> assertThat(document.outcome()).contains(Outcome.OUTCOME_UNKNOWN))
                    .satisfies(document -> assertThat(document.detail()).contains("MSS-D999"));
        }
    }

    @Test
    void aDocumentThatHasNoOutcomeYetIsLeftOut() {
        LedgerDatabase database = LedgerDatabase.embedded(folder, 4);
        try (TestBridge bridge =
                new TestBridge(database, "bridge-1", Instant.parse("2026-11-20T10:00:00Z"), new FakeDmp())) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.steps.find();

            assertThat(bridge.outcomes(mail)).isEmpty();
            assertThat(bridge.queue.unfinished(10))
                    .singleElement()
                    .satisfies(document -> assertThat(document.outcome()).isEmpty());
        }
    }
}
