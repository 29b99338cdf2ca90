package org.mssante.annuaire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A personal mailbox of the extracts, and what people search it by (annuaire.md §1.8).
 *
 * @param atStructure whether it belongs to a role at a structure, and not to the professional alone
 */
record KnownMailbox(String address, String name, String town, boolean atStructure) {
    private static final int COLUMNS = 31;
    private static final int ADDRESS = 1;
    private static final int STRUCTURE = 6;
    private static final int NAME = 9;
    private static final int POSTAL_LINE = 27;
    private static final int POSTAL_CODE = 6;
    private static final int MOST = 100_000;

    /** Evenly chosen among all where they are many. */
    static List<KnownMailbox> of(Path extracts) throws IOException {
        Path file = Extracts.files(extracts).stream()
                .filter(path -> path.getFileName().toString().startsWith("Extraction_"))
                .findFirst()
                .orElseThrow();
        List<KnownMailbox> all = new ArrayList<>();
        // a few characters of another charset are part of the game: those lines are left out
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines.map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .filter(line -> line.startsWith("PER|") && line.indexOf('\uFFFD') < 0)
                    .map(line -> line.split("\\|", -1))
                    .filter(values -> values.length > COLUMNS && values[POSTAL_LINE].length() > POSTAL_CODE)
                    .forEach(values -> all.add(new KnownMailbox(
                            values[ADDRESS],
                            values[NAME],
                            values[POSTAL_LINE].substring(POSTAL_CODE),
                            !values[STRUCTURE].isEmpty())));
        }
        int step = Math.max(1, all.size() / MOST);
        List<KnownMailbox> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            chosen.add(all.get(i));
        }
        return chosen;
    }
}
