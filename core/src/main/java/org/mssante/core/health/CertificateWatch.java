package org.mssante.core.health;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mssante.core.metrics.Metric;

/** Whether certificates of ours are still good for a while, and whether those that were renewed are in use. */
public final class CertificateWatch implements Watch {
    private final Supplier<Map<String, X509Certificate>> certificates;
    private final Supplier<Map<String, String>> refused;
    private final Duration remaining;
    private final Clock clock;

    /**
     * @param certificates by what they are for, e.g. {@code tls.identity}
     * @param remaining the warning comes where one has less to live than this
     */
    public CertificateWatch(Map<String, X509Certificate> certificates, Duration remaining, Clock clock) {
        this(() -> certificates, Map::of, remaining, clock);
    }

    /**
     * The same for certificates that may change.
     *
     * @param refused why files that were put in place of one are not used, by what it is for
     */
    public CertificateWatch(
            Supplier<Map<String, X509Certificate>> certificates,
            Supplier<Map<String, String>> refused,
            Duration remaining,
            Clock clock) {
        this.certificates = () -> new TreeMap<>(certificates.get());
        this.refused = () -> new TreeMap<>(refused.get());
        this.remaining = remaining;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "certificates";
    }

    @Override
    public List<Finding> look() {
        return Stream.concat(
                        certificates.get().entrySet().stream()
                                .flatMap(certificate -> look(certificate.getKey(), certificate.getValue())),
                        refused.get().entrySet().stream()
                                .map(one ->
                                        new Finding(Alarm.CERTIFICATE_REJECTED, one.getKey() + ", " + one.getValue())))
                .toList();
    }

    private Stream<Finding> look(String name, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Instant now = clock.instant();
        if (end.isAfter(now.plus(remaining))) {
            return Stream.empty();
        }
        Alarm alarm = end.isAfter(now) ? Alarm.CERTIFICATE_ENDING : Alarm.CERTIFICATE_ENDED;
        String subject = certificate.getSubjectX500Principal().getName();
        return Stream.of(new Finding(alarm, name + ", " + subject + ", until " + end));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "mssante_certificate_remaining_seconds",
                Metric.Type.GAUGE,
                "Time until a certificate of ours expires.",
                certificates.get().entrySet().stream()
                        .map(certificate -> new Metric.Sample(
                                Map.of("certificate", certificate.getKey()), secondsLeft(certificate.getValue())))
                        .toList()));
    }

    private double secondsLeft(X509Certificate certificate) {
        return Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                .toSeconds();
    }
}
