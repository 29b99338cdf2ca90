package org.mssante.dmp.bridge.filing;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;

/** The replacement contract on the embedded database. */
class H2ReplacementTest extends ReplacementContract {
    @TempDir
    Path folder = Path.of("");

    @Override
    LedgerDatabase open() {
        return LedgerDatabase.embedded(folder, 4);
    }
}
