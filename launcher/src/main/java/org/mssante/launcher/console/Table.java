package org.mssante.launcher.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text, each as wide as its widest cell; a cell too long for a screen is cut. */
public final class Table {
    private static final int WIDEST = 80;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    public Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::cut).toList());
        return this;
    }

    public void print(PrintWriter out) {
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell);
                if (column < columns - 1) {
                    line.append(" ".repeat(width(column) - cell.length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private static String cut(String cell) {
        return cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "…";
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
