package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The filing contract on PostgreSQL; skipped where it is not installed. */
class PostgresFilingTest extends FilingContract {
    @RegisterExtension
    static final PostgresLedger POSTGRES = new PostgresLedger();

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
        return POSTGRES.open();
    }
}
