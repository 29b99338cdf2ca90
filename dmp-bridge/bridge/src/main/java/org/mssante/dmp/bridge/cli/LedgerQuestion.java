package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.bridge.BridgeSettings;
import org.mssante.dmp.bridge.DmpBridge;
import org.mssante.dmp.bridge.ledger.DocumentQueue;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.Worker;

/** Asks the bridge's ledger, which a running bridge shares only where it is a PostgreSQL database. */
final class LedgerQuestion {
    private LedgerQuestion() {}

    static <T> T ask(ConfigurationOption configuration, Function<DocumentQueue, T> question) {
        BridgeSettings settings = configuration.settings();
        Path data = DmpBridge.data(configuration.runDir());
        try (LedgerDatabase database = DmpBridge.ledger(settings.database(), data)) {
            Worker operator = new Worker("operator", settings.work().lease(), Clock.systemUTC());
            return question.apply(new DocumentQueue(database, operator));
        } catch (StartupFailure e) {
            if (settings.database().url().isPresent()) {
                throw e;
            }
            throw new StartupFailure(
                    "The bridge's embedded database answers one process only: stop the bridge first, or keep the ledger"
                            + " in PostgreSQL (database.url).",
                    e);
        }
    }
}
