package org.mssante.launcher.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.mssante.launcher.CommandFailure;

/**
 * Documents of several sizes, each with its share; the order is the same in every run.
 *
 * @param shares at least one
 */
public record FilingMix(List<Share> shares) {
    private static final int KILO = 1_000;

    public FilingMix {
        shares = List.copyOf(shares);
    }

    /**
     * Documents of one size.
     *
     * @param kilobytes of the CDA document, 1,000 octets each, roughly
     * @param weight how many of the sum of all weights
     */
    public record Share(int kilobytes, int weight) {
        int octets() {
            return kilobytes * KILO;
        }
    }

    /** Reads {@code 30:80,300:18,3000:2}. */
    public static FilingMix parse(String text) {
        List<Share> shares = Arrays.stream(text.split(",", -1))
                .map(share -> share(share.strip(), text))
                .toList();
        return new FilingMix(shares);
    }

    private static Share share(String share, String text) {
        String[] parts = share.split(":", 2);
        try {
            Share parsed = new Share(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
            if (parsed.kilobytes() > 0 && parsed.weight() > 0) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            throw new CommandFailure(wrong(text), e);
        }
        throw new CommandFailure(wrong(text));
    }

    private static String wrong(String text) {
        return "The mix " + text + " is not KB:WEIGHT,…: write for example 30:80,300:18,3000:2.";
    }

    /** One share for each document of a turn, as often as it weighs. */
    List<Share> turn() {
        List<Share> turn = new ArrayList<>();
        for (Share share : shares) {
            turn.addAll(Collections.nCopies(share.weight(), share));
        }
        Collections.shuffle(turn, new Random(turn.size()));
        return turn;
    }

    @Override
    public String toString() {
        return shares.stream()
                .map(share -> share.weight() + " × " + share.kilobytes() + " kB")
                .collect(Collectors.joining(", "));
    }
}
