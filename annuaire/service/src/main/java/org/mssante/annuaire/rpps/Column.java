package org.mssante.annuaire.rpps;

import java.util.List;

/**
 * A column of an extract by the name its header line gives it. Names are compared as published; a column that was
 * published under several names in its history lists them all, the current one first.
 */
record Column(List<String> names, boolean required) {
    Column {
        names = List.copyOf(names);
    }

    static Column required(String... names) {
        return new Column(List.of(names), true);
    }

    static Column optional(String... names) {
        return new Column(List.of(names), false);
    }

    String name() {
        return names.get(0);
    }
}
