package org.mssante.dmp.xds.soap;

import java.util.Optional;
import org.mssante.core.id.Ins;

/** A port, for one request about one patient: it says in the request's header whom it is about. */
@FunctionalInterface
public interface PortAbout<P> {
    /**
     * The port for the next request of this thread.
     *
     * @param patient empty where the request is about nobody the caller knows
     */
    P port(Optional<Ins> patient);
}
