package org.mssante.launcher.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plays loads at servers: first each is warmed up, then they take turns, so that what slows the machine slows all. */
public final class Benchmark {
    private final List<Target> targets;
    private final Duration warmUp;
    private final int rounds;
    private final RoundRunner runner;
    private final Consumer<String> progress;
    private boolean warm;

    /**
     * @param targets one, or those to compare
     * @param warmUp how long each is loaded once before anything is measured
     * @param progress hears what is going on
     */
    public Benchmark(List<Target> targets, Duration warmUp, int rounds, Clock clock, Consumer<String> progress) {
        this.targets = List.copyOf(targets);
        this.warmUp = warmUp;
        this.rounds = rounds;
        this.progress = progress;
        this.runner = new RoundRunner(clock, progress);
    }

    public Comparison run(Load load) {
        if (!warm && !warmUp.isZero()) {
            for (Target target : targets) {
                runner.run(target, load.lasting(warmUp), target.name() + ", warm-up");
            }
            warm = true;
        }
        List<Round> played = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Target target : targets) {
                Round result = runner.run(target, load, target.name() + ", round " + round + " of " + rounds);
                progress.accept(String.format(
                        "%s, round %d of %d: %.1f accepted/s, %.1f delivered/s",
                        target.name(), round, rounds, result.acceptedPerSecond(), result.deliveredPerSecond()));
                played.add(result);
            }
        }
        return new Comparison(
                load, targets.get(0).entry(), targets.stream().map(Target::name).toList(), played);
    }
}
