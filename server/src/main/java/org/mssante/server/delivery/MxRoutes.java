package org.mssante.server.delivery;

import java.util.List;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.TemporaryResolutionException;
import org.mssante.core.id.MailDomain;

/** The MX records of a domain, in their order of preference. DNS is not trusted: it only says where to knock. */
public final class MxRoutes implements Routes {
    /** RFC 7505: the domain accepts no mail. */
    private static final String NULL_MX = ".";

    private final DNSService dns;
    private final int port;

    /** @param port 25, unless the network redirects it */
    public MxRoutes(DNSService dns, int port) {
        this.dns = dns;
        this.port = port;
    }

    @Override
    public Lookup to(MailDomain domain) {
        try {
            List<HostPort> servers = dns.findMXRecords(domain.name()).stream()
                    .filter(host -> !host.isBlank() && !host.equals(NULL_MX))
                    .map(host -> new HostPort(host.endsWith(".") ? host.substring(0, host.length() - 1) : host, port))
                    .toList();
            return servers.isEmpty()
                    ? new Lookup.Unknown("the DNS names no mail server for " + domain)
                    : new Lookup.Found(servers);
        } catch (TemporaryResolutionException e) {
            return new Lookup.Unknown("the DNS does not answer for " + domain);
        }
    }
}
