package org.mssante.annuaire.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.source.RegisterSource;
import org.mssante.annuaire.source.RegisterSources;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** Whether the sources of the register answer, and whether they still bring new editions. */
public final class SourceWatch implements Watch {
    private final RegisterSources sources;
    private final Duration age;
    private final Clock clock;

    /** @param age an edition may have: the register is rebuilt daily, with gaps of days (annuaire.md §1.2) */
    public SourceWatch(RegisterSources sources, Duration age, Clock clock) {
        this.sources = sources;
        this.age = age;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "register-sources";
    }

    @Override
    public List<Finding> look() {
        Instant now = clock.instant();
        List<Finding> findings = new ArrayList<>();
        for (RegisterSource source : sources.all()) {
            RegisterSource.State state = source.state();
            String name = source.name();
            state.fault()
                    .ifPresent(fault -> findings.add(new Finding(
                            fault.keyRefused() ? Alarm.REGISTER_KEY_REFUSED : Alarm.REGISTER_SOURCE_FAILS,
                            name + ", since " + fault.since() + ": " + fault.why())));
            state.edition()
                    .filter(came -> came.plus(age).isBefore(now))
                    .ifPresent(came -> findings.add(new Finding(Alarm.REGISTER_OLD, name + ", of " + came)));
        }
        return findings;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(
                        "mssante_register_source_failing",
                        Metric.Type.GAUGE,
                        "1 while a source of the register brings nothing of use.",
                        sources.all().stream()
                                .map(source ->
                                        sample(source, source.state().fault().isPresent() ? 1 : 0))
                                .toList()),
                new Metric(
                        "mssante_register_source_edition_age_seconds",
                        Metric.Type.GAUGE,
                        "Time since a source of the register brought its last edition.",
                        sources.all().stream()
                                .flatMap(source -> source.state().edition().stream()
                                        .map(came -> sample(source, (double) Duration.between(came, clock.instant())
                                                .toSeconds())))
                                .toList()));
    }

    private static Metric.Sample sample(RegisterSource source, double value) {
        return new Metric.Sample(Map.of("source", source.name()), value);
    }
}
