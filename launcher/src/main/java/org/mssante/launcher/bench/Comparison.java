package org.mssante.launcher.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The rounds of one load, the servers in turn.
 *
 * @param targets names in the order they take turns
 * @param rounds in the order they were played
 */
public record Comparison(Load load, Entry entry, List<String> targets, List<Round> rounds) {
    public Comparison {
        targets = List.copyOf(targets);
        rounds = List.copyOf(rounds);
    }

    public List<Round> of(String target) {
        return rounds.stream().filter(round -> round.target().equals(target)).toList();
    }

    /** Delivered/s of the first server over that of the last, turn by turn; empty where there is only one. */
    public List<Double> ratios() {
        if (targets.size() < 2) {
            return List.of();
        }
        List<Round> first = of(targets.get(0));
        List<Round> last = of(targets.get(targets.size() - 1));
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(first.size(), last.size()); i++) {
            ratios.add(first.get(i).deliveredPerSecond() / last.get(i).deliveredPerSecond());
        }
        return ratios;
    }

    /** The middle of {@link #ratios()}. */
    public OptionalDouble medianRatio() {
        return median(ratios());
    }

    /** The middle of the delivered/s of a server. */
    public OptionalDouble medianDelivered(String target) {
        return median(of(target).stream().map(Round::deliveredPerSecond).toList());
    }

    static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
