package org.mssante.server.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.id.MailDomain;
import org.mssante.core.metrics.Metric;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustSpace;
import org.mssante.server.trust.TrustState;

/** How fresh the trust list and the revocation lists are, and whether our own domains are listed. */
public final class TrustWatch implements Watch {
    private final Supplier<TrustState> trust;
    private final TrustSpace space;
    private final Set<MailDomain> own;
    private final HealthSettings settings;
    private final Clock clock;

    /** @param own the domains of this operator */
    public TrustWatch(
            Supplier<TrustState> trust, TrustSpace space, Set<MailDomain> own, HealthSettings settings, Clock clock) {
        this.trust = trust;
        this.space = space;
        this.own = Set.copyOf(own);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "trust space";
    }

    @Override
    public List<Finding> look() {
        TrustState state = trust.get();
        Instant now = clock.instant();
        List<Finding> findings = new ArrayList<>();
        if (state.listGenerated().plus(settings.trustListAge()).isBefore(now)) {
            findings.add(new Finding(Alarm.TRUST_LIST_OLD, "made " + state.listGenerated()));
        }
        state.problem()
                .map(problem -> new Finding(
                        Alarm.TRUST_LIST_NOT_TAKEN,
                        "since " + problem.since() + ", " + problem.code() + ": " + problem.detail()))
                .ifPresent(findings::add);
        state.waiting()
                .map(waiting -> new Finding(
                        Alarm.TRUST_LIST_HELD,
                        "made " + waiting.generated() + ", takes away " + waiting.gone() + " rows ("
                                + waiting.percentGone() + " %)"))
                .ifPresent(findings::add);
        for (TrustState.RevocationState list : state.revocations()) {
            list.nextUpdate()
                    .flatMap(end -> alarm(end, now))
                    .ifPresent(alarm -> findings.add(new Finding(
                            alarm,
                            list.issuer() + ", next update " + list.nextUpdate().orElseThrow())));
        }
        own.stream()
                .sorted(Comparator.comparing(MailDomain::name))
                .filter(domain -> space.domain(domain) instanceof TrustDecision.Refused)
                .map(domain -> new Finding(Alarm.OWN_DOMAIN_NOT_LISTED, domain.name()))
                .forEach(findings::add);
        return findings;
    }

    private Optional<Alarm> alarm(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            return Optional.of(Alarm.REVOCATION_LIST_EXPIRED);
        }
        return end.isAfter(now.plus(settings.revocationRemaining()))
                ? Optional.empty()
                : Optional.of(Alarm.REVOCATION_LIST_ENDING);
    }

    @Override
    public List<Metric> metrics() {
        TrustState state = trust.get();
        Instant now = clock.instant();
        List<Metric.Sample> remaining = new ArrayList<>();
        for (TrustState.RevocationState list : state.revocations()) {
            list.nextUpdate()
                    .ifPresent(end -> remaining.add(new Metric.Sample(
                            Map.of("issuer", list.issuer()),
                            Duration.between(now, end).toSeconds())));
        }
        return List.of(
                Metric.gauge(
                        "mssante_trust_list_age_seconds",
                        "Time since the trust list in force was made.",
                        Duration.between(state.listGenerated(), now).toSeconds()),
                new Metric(
                        "mssante_revocation_list_remaining_seconds",
                        Metric.Type.GAUGE,
                        "Time until the next update a revocation list announces.",
                        remaining));
    }
}
