package org.mssante.server.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mssante.core.id.MailDomain;

/** Routes an operator wrote down, for closed networks; for all other domains another source is asked. */
public final class ConfiguredRoutes implements Routes {
    private final Map<MailDomain, List<HostPort>> routes;
    private final Routes others;

    public ConfiguredRoutes(Map<MailDomain, List<HostPort>> routes, Routes others) {
        this.routes = Map.copyOf(routes);
        this.others = others;
    }

    /**
     * Reads {@code domain=host:port} items; a domain may have several, tried in their order.
     *
     * @throws IllegalArgumentException where one is not of that form
     */
    public static Map<MailDomain, List<HostPort>> parse(List<String> items) {
        Map<MailDomain, List<HostPort>> routes = new LinkedHashMap<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("a route is written domain=host:port");
            }
            MailDomain domain = new MailDomain(item.substring(0, equals).strip());
            List<HostPort> one = List.of(HostPort.parse(item.substring(equals + 1)));
            routes.merge(
                    domain,
                    one,
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return routes;
    }

    @Override
    public Lookup to(MailDomain domain) {
        List<HostPort> servers = routes.get(domain);
        return servers == null ? others.to(domain) : new Lookup.Found(servers);
    }
}
