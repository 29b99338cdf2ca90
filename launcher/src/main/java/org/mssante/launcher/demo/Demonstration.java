package org.mssante.launcher.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mssante.core.settings.StartupFailure;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;

/** Plays the story on a running instance. Each play sends new messages with new documents, so it can be repeated. */
public final class Demonstration {
    private final Instance instance;
    private final Clock clock;
    private final Narrator narrator;

    public Demonstration(Instance instance, Clock clock, PrintWriter out) {
        this.instance = instance;
        this.clock = clock;
        this.narrator = new Narrator(out);
    }

    /** True where everything was seen as expected. */
    public boolean play() {
        Instant begin = clock.instant();
        List<StepResult> results = new ArrayList<>();
        try (Story story = Story.prepare(instance, clock)) {
            for (DemoStep step : story.steps()) {
                results.add(play(results.size() + 1, step));
            }
        }
        narrator.table(results, Duration.between(begin, clock.instant()));
        return results.stream().allMatch(StepResult::ok);
    }

    private StepResult play(int number, DemoStep step) {
        narrator.begin(number, step.title());
        Instant begin = clock.instant();
        List<Check> checks;
        try {
            checks = step.play(narrator);
        } catch (CommandFailure | StartupFailure failure) {
            checks = List.of(new Check("the step can be played", failure.getMessage(), false));
        }
        StepResult result = new StepResult(number, step.title(), checks, Duration.between(begin, clock.instant()));
        narrator.end(result);
        return result;
    }
}
