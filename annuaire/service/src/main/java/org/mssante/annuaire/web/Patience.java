package org.mssante.annuaire.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * How long the client of a request may be silent before a read of its body ends in an {@link java.io.IOException} caused by a
 * {@link java.util.concurrent.TimeoutException}. What the port grants to all counts again once this is closed.
 */
public final class Patience implements AutoCloseable {
    private final EndPoint client;
    private final long granted;

    private Patience(EndPoint client) {
        this.client = client;
        this.granted = client.getIdleTimeout();
    }

    /** @param request that came through this port */
    public static Patience with(HttpServletRequest request) {
        return new Patience(ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    }

    /** From now on; never more than the port grants. */
    public void limit(Duration silence) {
        // none at all would mean for ever
        client.setIdleTimeout(Math.max(1, Math.min(granted, silence.toMillis())));
    }

    @Override
    public void close() {
        client.setIdleTimeout(granted);
    }
}
