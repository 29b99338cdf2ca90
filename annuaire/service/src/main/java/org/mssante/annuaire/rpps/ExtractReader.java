package org.mssante.annuaire.rpps;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads one extract (annuaire.md §1.4): UTF-8, {@code |} between columns, a header line, quotes are data. Lines with
 * another number of columns than the header are counted and left out, never fatal.
 */
public final class ExtractReader {
    private static final char SEPARATOR = '|';

    private final int maxLineBytes;

    /** @param maxLineBytes a longer line is quarantined */
    public ExtractReader(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    /** Takes one record; it may keep it, the reader does not. */
    @FunctionalInterface
    public interface Sink<R> {
        void accept(R value) throws IOException;
    }

    /**
     * Hands every record to the sink in the order of the file.
     *
     * @param name of the file, for messages
     * @throws MalformedExtractException where the file is empty or lacks a required column
     */
    public <R> ReadReport read(String name, InputStream in, ExtractFormat<R> format, Sink<R> sink) throws IOException {
        LineReader lines = new LineReader(in, maxLineBytes);
        Row row = new Row(SEPARATOR);
        Header header = header(name, lines, row, format);
        ReadTally tally = new ReadTally();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            read(row.read(line.get()), line.get(), lines, header, format, tally, sink);
        }
        return tally.report(name, lines.lastLineEnded());
    }

    /**
     * Looks at the columns alone.
     *
     * @throws MalformedExtractException where the file is empty or lacks a required column
     */
    void check(String name, InputStream in, ExtractFormat<?> format) throws IOException {
        header(name, new LineReader(in, maxLineBytes), new Row(SEPARATOR), format);
    }

    private static Header header(String name, LineReader lines, Row row, ExtractFormat<?> format) throws IOException {
        String first =
                lines.next().orElseThrow(() -> new MalformedExtractException("The extract " + name + " is empty."));
        return Header.parse(name, row.read(first), format.columns());
    }

    private static <R> void read(
            Row row,
            String line,
            LineReader lines,
            Header header,
            ExtractFormat<R> format,
            ReadTally tally,
            Sink<R> sink)
            throws IOException {
        if (lines.wasTooLong()) {
            tally.quarantine(lines.number(), "is too long");
            return;
        }
        tally.malformed(line);
        if (!header.fits(row)) {
            tally.quarantine(lines.number(), "has " + row.values() + " columns");
            return;
        }
        Optional<R> value = format.record(row, tally);
        if (value.isEmpty()) {
            tally.quarantine(lines.number(), "has no usable identifier");
            return;
        }
        tally.row();
        sink.accept(value.get());
    }
}
