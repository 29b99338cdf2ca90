package org.mssante.annuaire.rpps;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the published files: how it is called, what columns it needs and how a row becomes a record.
 *
 * @param <R> the record
 */
public abstract class ExtractFormat<R> {
    private final List<String> prefixes;
    private final List<Column> columns;

    ExtractFormat(List<String> prefixes, List<Column> columns) {
        this.prefixes = List.copyOf(prefixes);
        this.columns = List.copyOf(columns);
    }

    /** The starts of the names the file is published under: the ANS adds a time stamp, data.gouv.fr writes it in lower case. */
    public List<String> prefixes() {
        return prefixes;
    }

    List<Column> columns() {
        return columns;
    }

    /**
     * The record of a row; empty where the row has no usable identifier.
     *
     * @param tally told of identifiers whose key is wrong
     */
    abstract Optional<R> record(Row row, ReadTally tally);

    /** The values of a line that is read as this record; columns that are not named stay empty. */
    abstract Map<Column, String> line(R record);
}
