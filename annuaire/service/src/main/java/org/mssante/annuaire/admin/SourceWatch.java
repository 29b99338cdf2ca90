package org.mssante.annuaire.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.source.ExtractSource;
import org.mssante.annuaire.source.ExtractSources;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** Whether the sources of the register answer, and whether they still bring new editions. */
public final class SourceWatch implements Watch {
    private final ExtractSources sources;
    private final Duration age;
    private final Clock clock;

    /** @param age an edition may have: the register is rebuilt daily, with gaps of days (annuaire.md §1.2) */
    public SourceWatch(ExtractSources sources, Duration age, Clock clock) {
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
        for (ExtractSource source : sources.all()) {
            ExtractSource.State state = source.state();
            String name = source.extract().setting();
            state.fault()
                    .ifPresent(why -> findings.add(new Finding(
                            Alarm.REGISTER_SOURCE_FAILS,
                            name + ", since " + state.failingSince().orElse(now) + ": " + why)));
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

    private static Metric.Sample sample(ExtractSource source, double value) {
        return new Metric.Sample(Map.of("source", source.extract().setting()), value);
    }
}
