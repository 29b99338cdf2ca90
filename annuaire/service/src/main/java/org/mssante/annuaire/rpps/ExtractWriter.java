package org.mssante.annuaire.rpps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes one extract as {@link ExtractReader} reads it: with the columns its format knows, and no others. What would end a value
 * or a line becomes a blank, because the form has no escape. Not thread-safe; leaves the stream open.
 */
public final class ExtractWriter<R> {
    private static final String SEPARATOR = "|";
    private static final Pattern ENDS = Pattern.compile("[|\\p{Cntrl}]");

    private final OutputStream out;
    private final ExtractFormat<R> format;

    /** Writes the header line. */
    public ExtractWriter(OutputStream out, ExtractFormat<R> format) throws IOException {
        this.out = out;
        this.format = format;
        write(format.columns().stream().map(Column::name).collect(Collectors.joining(SEPARATOR)));
    }

    public void write(R record) throws IOException {
        line(format.line(record));
    }

    /** A line that its reader counts as one without a usable identifier. */
    public void writeUnusable() throws IOException {
        line(Map.of());
    }

    private void line(Map<Column, String> values) throws IOException {
        write(format.columns().stream()
                .map(column -> ENDS.matcher(values.getOrDefault(column, "")).replaceAll(" "))
                .collect(Collectors.joining(SEPARATOR)));
    }

    private void write(String line) throws IOException {
        out.write((line + SEPARATOR + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
