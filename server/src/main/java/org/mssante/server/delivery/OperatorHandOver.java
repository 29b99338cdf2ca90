package org.mssante.server.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustSpace;

/** Hands messages to the operators of the trust space: one destination a domain, its peer judged for that domain. */
public final class OperatorHandOver implements HandOver {
    private final TrustSpace trustSpace;
    private final Routes routes;
    private final SmtpRelay relay;

    public OperatorHandOver(TrustSpace trustSpace, Routes routes, SmtpRelay relay) {
        this.trustSpace = trustSpace;
        this.routes = routes;
        this.relay = relay;
    }

    @Override
    public String destinationOf(MailAddress recipient) {
        return recipient.getDomain().asString().toLowerCase(Locale.ROOT);
    }

    @Override
    public String siteOf(String destination) {
        try {
            return routes.to(new MailDomain(destination)) instanceof Routes.Lookup.Found found
                    ? found.servers().stream().map(HostPort::toString).sorted().collect(Collectors.joining(" "))
                    : destination;
        } catch (InvalidIdentifierException e) {
            return destination;
        }
    }

    @Override
    public Result attempt(String destination, Mail mail, List<MailAddress> recipients) {
        MailDomain domain;
        try {
            domain = new MailDomain(destination);
        } catch (InvalidIdentifierException e) {
            return Result.failed(
                    recipients,
                    Failure.of(Failure.Kind.REFUSED, Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE, e.getMessage()));
        }
        Optional<Failure> outside = outside(trustSpace.domain(domain));
        if (outside.isPresent()) {
            return Result.failed(recipients, outside.get());
        }
        Routes.Lookup route = routes.to(domain);
        if (route instanceof Routes.Lookup.Found found) {
            return relay.send(found.servers(), chain -> trustSpace.outbound(chain, domain), mail, recipients);
        }
        return Result.failed(
                recipients,
                Failure.of(
                        Failure.Kind.UNREACHABLE, Outcome.PEER_UNREACHABLE, ((Routes.Lookup.Unknown) route).detail()));
    }

    @Override
    public Event successEvent() {
        return Event.RELAYED;
    }

    private static Optional<Failure> outside(TrustDecision decision) {
        if (decision instanceof TrustDecision.Refused refused) {
            return Optional.of(Failure.of(Failure.Kind.REFUSED, refused.outcome(), refused.detail())
                    .with(refused.facts()));
        }
        if (decision instanceof TrustDecision.RetryLater later) {
            return Optional.of(Failure.of(Failure.Kind.UNREACHABLE, later.outcome(), later.detail())
                    .with(later.facts()));
        }
        return Optional.empty();
    }
}
