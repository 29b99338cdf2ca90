package org.mssante.dmp.bridge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.mssante.dmp.bridge.BridgeSettings;
import org.mssante.dmp.bridge.DmpBridge;
import org.mssante.dmp.xds.client.DmpClients;

/** The DMP as a command asks it: with the bridge's configuration and certificate, and a spool folder of its own. */
final class DmpQuestion implements AutoCloseable {
    private final Path spool;
    private final DmpClients clients;

    private DmpQuestion(Path spool, DmpClients clients) {
        this.spool = spool;
        this.clients = clients;
    }

    static DmpQuestion open(BridgeSettings settings) {
        try {
            Path spool = Files.createTempDirectory("mssante-dmp");
            Clock clock = Clock.systemUTC();
            return new DmpQuestion(spool, new DmpClients(DmpBridge.connection(settings.dmp(), spool, clock), clock));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    DmpClients clients() {
        return clients;
    }

    @Override
    public void close() {
        clients.close();
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + spool + " cannot be removed", e);
        }
    }
}
