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
    private final IdentityHashMap<Column, Integer> positions;
    private final int columns;

    private Header(IdentityHashMap<Column, Integer> positions, int columns) {
        this.positions = positions;
        this.columns = columns;
    }

    /** @throws MalformedExtractException that names the first required column the line does not have */
    static Header parse(String file, String[] names, List<Column> wanted) throws MalformedExtractException {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (byName.put(names[i].strip(), i) != null && !names[i].isBlank()) {
                throw new MalformedExtractException(
                        "The extract " + file + " has the column \"" + names[i].strip() + "\" twice.");
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
        boolean trailingSeparator = names[names.length - 1].isBlank();
        return new Header(positions, trailingSeparator ? names.length - 1 : names.length);
    }

    /** True for as many values as named columns, or one more that is empty: the trailing separator. */
    boolean fits(String[] values) {
        return values.length == columns || (values.length == columns + 1 && values[columns].isBlank());
    }

    Row row(String[] values) {
        return new Row(positions, values);
    }
}
