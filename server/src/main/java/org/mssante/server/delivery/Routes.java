package org.mssante.server.delivery;

import java.util.List;
import org.mssante.core.id.MailDomain;

/** Where the servers of a domain are. Who may answer there is another question: {@link PeerTrust}. */
@FunctionalInterface
public interface Routes {

    Lookup to(MailDomain domain);

    /** What a look-up found. */
    sealed interface Lookup {

        /** @param servers in the order they are tried; at least one */
        record Found(List<HostPort> servers) implements Lookup {
            public Found {
                servers = List.copyOf(servers);
            }
        }

        /** None is known at the moment. */
        record Unknown(String detail) implements Lookup {}
    }
}
