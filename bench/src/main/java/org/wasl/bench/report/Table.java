package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in columns as wide as what they hold. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final String gap;

    /** @param gap what stands between columns */
    public Table(String gap) {
        this.gap = gap;
    }

    /** Adds a row. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** All rows, in columns. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : gap).append(row.get(i));
            line.append(" ".repeat(widths[i] - width(row.get(i))));
        }
        return line.toString().stripTrailing();
    }

    /** How many cells of a terminal a text takes: marks and controls of writing direction take none. */
    static int width(String text) {
        return (int) text.codePoints()
                .filter(c ->
                        Character.getType(c) != Character.NON_SPACING_MARK && Character.getType(c) != Character.FORMAT)
                .count();
    }
}
