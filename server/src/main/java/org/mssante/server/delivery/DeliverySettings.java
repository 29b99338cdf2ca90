package org.mssante.server.delivery;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mssante.core.id.MailDomain;
import org.mssante.core.settings.Settings;
import org.mssante.server.trust.DistinguishedName;

/**
 * What an operator configures of the ways out.
 *
 * @param routes fixed routes, asked before the DNS
 * @param mxPort the port of the servers the DNS names
 */
public record DeliverySettings(
        Map<MailDomain, List<HostPort>> routes,
        int mxPort,
        SmtpClientSettings client,
        BackOff backOff,
        DeliveryLimits limits,
        Bridge bridge) {

    /** @param subject the subject of the intake's certificate */
    public record Bridge(HostPort intake, DistinguishedName subject, List<Duration> delays) {}

    /**
     * Keys: {@code delivery.routes} (comma-separated {@code domain=host:port}, may be empty), {@code delivery.mx.port},
     * {@code delivery.backoff} (comma-separated ISO 8601 durations), {@code delivery.distrusted.attempts},
     * {@code delivery.workers}, {@code delivery.workers.per.destination}, {@code delivery.crowded.delay},
     * {@code delivery.hold}, {@code delivery.connect.timeout}, {@code delivery.reply.timeout},
     * {@code delivery.data-end.timeout}, {@code delivery.session.timeout}, {@code bridge.intake.host}, {@code bridge.intake.port},
     * {@code bridge.intake.subject} (a DN), {@code bridge.backoff}.
     *
     * @param heloName our fully qualified host name
     */
    public static DeliverySettings from(Settings settings, String heloName) {
        return new DeliverySettings(
                routes(settings),
                settings.number("delivery.mx.port", 1, 65_535),
                client(settings, heloName),
                new BackOff(
                        durations(settings, "delivery.backoff"),
                        BackOff.Patience.LIMITED,
                        settings.number("delivery.distrusted.attempts", 1, 1_000)),
                limits(settings),
                new Bridge(
                        new HostPort(settings.text("bridge.intake.host"), settings.port("bridge.intake.port")),
                        settings.value("bridge.intake.subject", DistinguishedName::parse),
                        durations(settings, "bridge.backoff")));
    }

    private static SmtpClientSettings client(Settings settings, String heloName) {
        SmtpClientSettings client = new SmtpClientSettings(
                heloName,
                settings.duration("delivery.connect.timeout"),
                settings.duration("delivery.reply.timeout"),
                settings.duration("delivery.data-end.timeout"),
                settings.duration("delivery.session.timeout"));
        if (client.session().compareTo(client.dataEnd()) <= 0) {
            throw settings.wrong(
                    "delivery.session.timeout",
                    "must be longer than delivery.data-end.timeout, so that a session has time for the last answer");
        }
        return client;
    }

    private static DeliveryLimits limits(Settings settings) {
        int workers = settings.number("delivery.workers", 1, 1_000);
        return new DeliveryLimits(
                workers,
                settings.number("delivery.workers.per.destination", 1, workers),
                settings.duration("delivery.crowded.delay"),
                settings.duration("delivery.hold"));
    }

    private static Map<MailDomain, List<HostPort>> routes(Settings settings) {
        try {
            return ConfiguredRoutes.parse(settings.list("delivery.routes"));
        } catch (IllegalArgumentException e) {
            throw settings.wrong("delivery.routes", "is not valid (" + e.getMessage() + ")");
        }
    }

    private static List<Duration> durations(Settings settings, String key) {
        List<Duration> durations = new ArrayList<>();
        for (String item : settings.list(key)) {
            try {
                durations.add(Duration.parse(item));
            } catch (DateTimeParseException e) {
                throw settings.wrong(key, "holds " + item + ", which is not an ISO 8601 duration such as PT5M");
            }
        }
        if (durations.isEmpty() || durations.stream().anyMatch(Duration::isNegative)) {
            throw settings.wrong(key, "must hold at least one duration, none of them negative");
        }
        return durations;
    }
}
