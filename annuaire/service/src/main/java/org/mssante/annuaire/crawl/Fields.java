package org.mssante.annuaire.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values in one text, as they stand on the disk. What divides them cannot stand in them: it is no text (ASCII 28 to 31). */
final class Fields {
    private static final String UNIT = "\u001F";
    private static final String PART = "\u001D";
    private static final String RECORD = "\u001E";
    private static final Pattern DIVIDERS = Pattern.compile("[\u001C-\u001F]");

    private Fields() {}

    static String of(List<String> values) {
        return String.join(
                UNIT,
                values.stream()
                        .map(value -> DIVIDERS.matcher(value).replaceAll(" "))
                        .toList());
    }

    static List<String> in(String text) {
        return List.of(text.split(UNIT, -1));
    }

    /** @param parts as {@link #of} or {@link #ofAll} wrote them */
    static String ofParts(String... parts) {
        return String.join(PART, parts);
    }

    static List<String> inParts(String text) {
        return List.of(text.split(PART, -1));
    }

    static String ofAll(List<String> records) {
        return String.join(RECORD, records);
    }

    static List<String> inAll(String text) {
        List<String> records = new ArrayList<>(List.of(text.split(RECORD, -1)));
        records.removeIf(String::isEmpty);
        return records;
    }
}
