package org.mssante.server.smtp;

import java.util.List;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/** What is spoken between operators: no AUTH, no relay, and nothing before TLS. */
public final class InterOperatorHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return SharedHandlers.with(
                List.of(GreetedPeerHook.class, InboundTrustHook.class, OwnMailboxHook.class, PeerFromHook.class));
    }
}
