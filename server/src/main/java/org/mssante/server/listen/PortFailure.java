package org.mssante.server.listen;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.mssante.core.settings.StartupFailure;

/** Says in one sentence why a port could not be opened. */
public final class PortFailure {
    private PortFailure() {}

    /** @param setting the key that names the port */
    public static StartupFailure of(String setting, InetSocketAddress address, Exception cause) {
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        return cause instanceof BindException
                ? new StartupFailure(
                        "The port of " + setting + " cannot be opened, " + where + " is in use or not ours ("
                                + cause.getMessage()
                                + "): stop what listens there, or start with another --port-offset.",
                        cause)
                : new StartupFailure(
                        "The port of " + setting + " cannot be opened on " + where + " (" + cause
                                + "): the log has the details.",
                        cause);
    }
}
