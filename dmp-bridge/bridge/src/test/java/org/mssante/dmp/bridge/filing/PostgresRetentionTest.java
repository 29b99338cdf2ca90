package org.mssante.dmp.bridge.filing;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The retention contract on PostgreSQL; skipped where it is not installed. */
class PostgresRetentionTest extends RetentionContract {
    @RegisterExtension
    static final PostgresLedger POSTGRES = new PostgresLedger();

    @Override
    LedgerDatabase open() {
        return POSTGRES.open();
    }
}
