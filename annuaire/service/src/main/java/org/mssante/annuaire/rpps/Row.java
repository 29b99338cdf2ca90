package org.mssante.annuaire.rpps;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** The values of one line by column. A value is text as it stands in the file, stripped of blanks around it. */
final class Row {
    private final IdentityHashMap<Column, Integer> positions;
    private final List<String> values;

    Row(IdentityHashMap<Column, Integer> positions, String[] values) {
        this.positions = positions;
        this.values = Arrays.asList(values);
    }

    /** The value, empty where the file has none or lacks the (optional) column. */
    String text(Column column) {
        Integer position = positions.get(column);
        return position == null ? "" : values.get(position).strip();
    }
}
