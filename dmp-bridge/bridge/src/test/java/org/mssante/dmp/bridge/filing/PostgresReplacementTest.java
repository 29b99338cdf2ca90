package org.mssante.dmp.bridge.filing;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The replacement contract on PostgreSQL; skipped where it is not installed. */
class PostgresReplacementTest extends ReplacementContract {
    @RegisterExtension
    static final PostgresLedger POSTGRES = new PostgresLedger();

    @Override
    LedgerDatabase open() {
        return POSTGRES.open();
    }
}
