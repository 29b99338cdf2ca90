package org.mssante.annuaire.rpps;

import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * The values of one line by column. A value is text as it stands in the file, stripped of blanks around it. Only the columns that
 * are asked for become texts of their own: half of them never are. One object reads line after line; not thread-safe.
 */
final class Row {
    private static final int SOME = 64;

    private final char separator;
    private String line = "";
    private int[] ends = new int[SOME];
    private int values;
    private IdentityHashMap<Column, Integer> positions = new IdentityHashMap<>();

    Row(char separator) {
        this.separator = separator;
    }

    /** By hand: there is no enclosure and no escape, and this is the inner loop of a file of 800 MB. */
    Row read(String text) {
        line = text;
        values = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, end + 1)) {
            end(end);
        }
        end(text.length());
        return this;
    }

    /** Names the columns of this line and those to come. */
    void name(IdentityHashMap<Column, Integer> columns) {
        positions = columns;
    }

    int values() {
        return values;
    }

    /** The value, empty where the file has none or lacks the (optional) column. */
    String text(Column column) {
        Integer position = positions.get(column);
        return position == null ? "" : text(position);
    }

    String text(int position) {
        int start = position == 0 ? 0 : ends[position - 1] + 1;
        return start == ends[position]
                ? ""
                : line.substring(start, ends[position]).strip();
    }

    private void end(int at) {
        if (values == ends.length) {
            ends = Arrays.copyOf(ends, values * 2);
        }
        ends[values++] = at;
    }
}
