package org.mssante.server.delivery;

import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;

/** Hands messages to the intake of the DMP bridge: one server, known by its certificate, for all recipients. */
public final class BridgeHandOver implements HandOver {
    private final HostPort intake;
    private final PeerTrust trust;
    private final SmtpRelay relay;

    public BridgeHandOver(HostPort intake, PeerTrust trust, SmtpRelay relay) {
        this.intake = intake;
        this.trust = trust;
        this.relay = relay;
    }

    @Override
    public String destinationOf(MailAddress recipient) {
        return "bridge";
    }

    @Override
    public Result attempt(String destination, Mail mail, List<MailAddress> recipients) {
        return relay.send(List.of(intake), trust, mail, recipients);
    }

    @Override
    public Event successEvent() {
        return Event.HANDED_TO_BRIDGE;
    }
}
