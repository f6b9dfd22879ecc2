package org.wasl.screens.auditor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.screens.frame.Reading;

/**
 * Two parts of messages side by side, value by value.
 *
 * @param rows in the first one's order, then what only the second has
 * @param different how many differ
 */
public record Comparison(List<Row> rows, int different) {

    /**
     * One place in both.
     *
     * @param one empty when the first has nothing there
     * @param other empty when the second has nothing there
     */
    public record Row(String path, String one, String other) {

        public boolean same() {
            return one.equals(other);
        }
    }

    static Comparison of(Reading one, Reading other) {
        Map<String, String> left = values(one);
        Map<String, String> right = values(other);
        Set<String> paths = new LinkedHashSet<>(left.keySet());
        paths.addAll(right.keySet());
        List<Row> rows = new ArrayList<>();
        for (String path : paths) {
            rows.add(new Row(path, left.getOrDefault(path, ""), right.getOrDefault(path, "")));
        }
        int different = (int) rows.stream().filter(row -> !row.same()).count();
        return new Comparison(rows, different);
    }

    private static Map<String, String> values(Reading part) {
        Map<String, String> values = new LinkedHashMap<>();
        part.all("fields").forEach(field -> values.putIfAbsent(field.text("path"), field.text("value")));
        return values;
    }
}
