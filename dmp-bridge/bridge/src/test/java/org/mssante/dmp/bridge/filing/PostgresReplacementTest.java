package org.mssante.dmp.bridge.filing;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The replacement contract on PostgreSQL; skipped where it is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresReplacementTest extends ReplacementContract {
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

    @Override
    LedgerDatabase open() {
        return LedgerDatabase.open(url, "mssante", "", 4);
    }
}
