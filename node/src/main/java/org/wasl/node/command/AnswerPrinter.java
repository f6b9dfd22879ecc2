package org.wasl.node.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import org.wasl.node.client.ConsolidatedAnswer;
import org.wasl.node.client.ConsolidatedAnswer.Line;
import org.wasl.node.client.ConsolidatedAnswer.Source;

/** Shows a consolidated answer to people: status by word and sign, never by colour alone. */
final class AnswerPrinter {

    private static final Set<String> GOOD = Set.of("AVAILABLE", "NOT_APPLICABLE");
    private static final Set<String> WAITING = Set.of("DEFERRED");
    private static final int SECONDS_END = "2026-01-01T00:00:00".length();
    /** Keeps identifiers and amounts in their own direction within Arabic. */
    private static final String LEFT_TO_RIGHT = "\u200E";

    private final Console console;
    private final Texts texts;

    AnswerPrinter(Console console) {
        this.console = console;
        this.texts = console.texts();
    }

    void print(String title, ConsolidatedAnswer answer) {
        console.print("");
        console.print(title);
        Table facts = new Table("  ");
        facts.row("  " + texts.text("answer.result"), named("overall", answer.overall()));
        String ready = answer.decisionReady() ? "" : "  (" + texts.text("answer.not-ready") + ")";
        facts.row("  " + texts.text("answer.decision"), named("decision", answer.decision()) + ready);
        if (answer.totalDues() != null) {
            // What silent sources would add is not known: a sum over some of them must not read as the whole.
            String label = "COMPLETE".equals(answer.overall()) ? "answer.dues" : "answer.dues-so-far";
            facts.row("  " + texts.text(label), amount(answer.totalDues()));
        }
        facts.row("  " + texts.text("answer.tracking"), plain(answer.trackingId()));
        facts.lines().forEach(console::print);
        sources(answer.sources());
        lines("answer.reasons", answer.reasons());
        lines("answer.missing", answer.missing());
    }

    private void sources(List<Source> sources) {
        Table table = new Table("   ");
        table.row(
                "    " + texts.text("answer.source"),
                texts.text("answer.agency"),
                texts.text("answer.status"),
                texts.text("answer.as-of"),
                texts.text("answer.why"));
        for (Source source : sources) {
            table.row(
                    "  " + sign(source.status()) + " " + (texts.arabic() ? source.arabic() : source.english()),
                    plain(source.member().substring(source.member().lastIndexOf('/') + 1)),
                    named("status", source.status()),
                    plain(instant(source.asOf())),
                    plain(source.faultCode()));
        }
        table.lines().forEach(console::print);
    }

    private void lines(String heading, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        console.print("  " + texts.text(heading));
        for (Line line : lines) {
            String status = line.status().isEmpty() ? "" : " — " + named("status", line.status());
            console.print("    • " + (texts.arabic() ? line.arabic() : line.english()) + status);
        }
    }

    private static String sign(String status) {
        if (GOOD.contains(status)) {
            return "✓";
        }
        return WAITING.contains(status) ? "…" : "✗";
    }

    /** A code with its name; the code itself when it has none. */
    private String named(String list, String code) {
        String key = "code." + list + "." + code;
        return texts.bundle().containsKey(key) ? texts.text(key) : plain(code);
    }

    private String amount(ConsolidatedAnswer.Money money) {
        String amount;
        try {
            amount = new BigDecimal(money.amount())
                    .setScale(3, RoundingMode.UNNECESSARY)
                    .toPlainString();
        } catch (ArithmeticException | NumberFormatException asWritten) {
            amount = money.amount();
        }
        return plain(amount + " " + money.currency());
    }

    private static String instant(String instant) {
        return instant.length() < SECONDS_END
                ? instant
                : instant.substring(0, SECONDS_END).replace('T', ' ');
    }

    private String plain(String text) {
        return texts.arabic() && !text.isEmpty() ? LEFT_TO_RIGHT + text + LEFT_TO_RIGHT : text;
    }
}
