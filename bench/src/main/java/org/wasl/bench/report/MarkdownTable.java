package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a Markdown page; figures stand to the right. */
public final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();

    /** @param words how many columns hold words; those after them hold figures */
    public MarkdownTable(int words, String... heads) {
        lines.add(line(heads));
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < heads.length; i++) {
            rule.append(i < words ? "---|" : "---:|");
        }
        lines.add(rule.toString());
    }

    /** Adds a row. */
    public MarkdownTable row(String... cells) {
        lines.add(line(cells));
        return this;
    }

    private static String line(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** What it looks like in the page. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
