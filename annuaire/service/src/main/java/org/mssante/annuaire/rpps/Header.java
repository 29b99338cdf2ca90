package org.mssante.annuaire.rpps;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header line of an extract. Columns are found by name, never by position; the files of the ANS end every line by
 * one more separator, the header too, so that there is one column more, without a name.
 */
final class Header {
    private final int columns;

    private Header(int columns) {
        this.columns = columns;
    }

    /**
     * Reads the line of the names, after which it knows its columns by name.
     *
     * @throws MalformedExtractException that names the first required column the line does not have
     */
    static Header parse(String file, Row line, List<Column> wanted) throws MalformedExtractException {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < line.values(); i++) {
            String name = line.text(i);
            if (byName.put(name, i) != null && !name.isEmpty()) {
                throw new MalformedExtractException("The extract " + file + " has the column \"" + name + "\" twice.");
            }
        }
        IdentityHashMap<Column, Integer> positions = new IdentityHashMap<>();
        for (Column column : wanted) {
            column.names().stream()
                    .filter(byName::containsKey)
                    .findFirst()
                    .ifPresent(name -> positions.put(column, byName.get(name)));
            if (column.required() && !positions.containsKey(column)) {
                throw new MalformedExtractException("The extract " + file + " has no column \"" + column.name()
                        + "\": its format has changed or it is another file.");
            }
        }
        boolean trailingSeparator = line.text(line.values() - 1).isEmpty();
        line.name(positions);
        return new Header(trailingSeparator ? line.values() - 1 : line.values());
    }

    /** True for as many values as named columns, or one more that is empty: the trailing separator. */
    boolean fits(Row line) {
        return line.values() == columns
                || (line.values() == columns + 1 && line.text(columns).isEmpty());
    }
}
