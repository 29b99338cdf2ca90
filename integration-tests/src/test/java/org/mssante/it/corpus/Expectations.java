package org.mssante.it.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mssante.core.outcome.Outcome;

/** {@code expectations.csv}: the outcome of each document of each file. */
public final class Expectations {
    private static final List<Outcome> FILED = List.of(Outcome.DOCUMENT_FILED);

    private final Map<String, List<Outcome>> byFile;

    private Expectations(Map<String, List<Outcome>> byFile) {
        this.byFile = byFile;
    }

    public static Expectations read() {
        Map<String, List<Outcome>> byFile = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Expectations.class.getResourceAsStream("expectations.csv")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int semicolon = line.lastIndexOf(';');
                        byFile.put(line.substring(0, semicolon), outcomes(line.substring(semicolon + 1)));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Expectations(byFile);
    }

    private static List<Outcome> outcomes(String codes) {
        return Arrays.stream(codes.split(" ", -1))
                .map(code -> Outcome.ofCode(code).orElseThrow(() -> new IllegalArgumentException("unknown " + code)))
                .toList();
    }

    /** Sorted by name. */
    public List<Outcome> of(Exhibit exhibit) {
        return byFile.getOrDefault(exhibit.name(), FILED).stream().sorted().toList();
    }
}
