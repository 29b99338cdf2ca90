package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The filing contract on PostgreSQL; skipped where it is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresFilingTest extends FilingContract {
    private Optional<PostgresServer> server = Optional.empty();
    private String url = "";

    @BeforeAll
    void start() {
        server = PostgresServer.start();
        Assumptions.assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    }

    @BeforeEach
    void emptyDatabase() {
        dmp = new FakeDmp();
        url = server.orElseThrow().newDatabase();
    }

    @AfterAll
    void stop() {
        server.ifPresent(PostgresServer::close);
    }

    /** Two instances of one name would take each other's work for their own after a restart. */
    @Test
    void anInstanceDoesNotStartUnderTheNameOfAnotherThatLives() {
        try (LedgerDatabase one = open();
                LedgerDatabase other = open()) {
            one.takeName("bridge-1");
            assertThatThrownBy(() -> other.takeName("bridge-1"))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("Another bridge named bridge-1");
            other.takeName("bridge-2");
        }
        try (LedgerDatabase next = open()) {
            next.takeName("bridge-1");
        }
    }

    @Override
    LedgerDatabase open() {
        return LedgerDatabase.open(url, "mssante", "", 4);
    }
}
