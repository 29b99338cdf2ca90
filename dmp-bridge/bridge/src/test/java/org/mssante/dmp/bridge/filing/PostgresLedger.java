package org.mssante.dmp.bridge.filing;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** A ledger on PostgreSQL: a server for all tests of a class, an empty database for each; skips them where it is not installed. */
final class PostgresLedger implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private Optional<PostgresServer> server = Optional.empty();
    private String url = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        server = PostgresServer.start();
        Assumptions.assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        url = server.orElseThrow().newDatabase();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.ifPresent(PostgresServer::close);
    }

    /** The database of the test. */
    LedgerDatabase open() {
        return LedgerDatabase.open(url, "mssante", "", 4);
    }
}
