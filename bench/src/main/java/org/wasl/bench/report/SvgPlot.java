package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A curve as a picture: throughput, latency and CPU time side by side, all axes logarithmic, in light and dark. */
final class SvgPlot {

    private static final int PANEL_WIDTH = 320;
    private static final int HEIGHT = 280;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int TOP = 44;
    private static final int BOTTOM = 48;
    private static final String STYLE = "text{font:11px system-ui,sans-serif;fill:#1f2328}"
            + ".t{font-weight:600;font-size:12px}.g{stroke:#d1d9e0;stroke-width:1}.a{stroke:#59636e;stroke-width:1}"
            + ".s0{stroke:#0969da}.s1{stroke:#bc4c00}.d0{fill:#0969da}.d1{fill:#bc4c00}"
            + ".s0,.s1{fill:none;stroke-width:2}.s1{stroke-dasharray:5 3}"
            + "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.g{stroke:#3d444d}.a{stroke:#9198a1}"
            + ".s0{stroke:#4493f8}.s1{stroke:#f0883e}.d0{fill:#4493f8}.d1{fill:#f0883e}}";

    private final StringBuilder svg = new StringBuilder();
    private final Curve curve;

    private SvgPlot(Curve curve) {
        this.curve = curve;
    }

    private record Line(String name, Function<Point, @Nullable Double> value) {}

    /** The document of this curve. */
    static String of(Curve curve) {
        return new SvgPlot(curve).draw();
    }

    private String draw() {
        int width = 3 * PANEL_WIDTH;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width,
                HEIGHT,
                width,
                HEIGHT));
        svg.append("<title>").append(escaped("Exchanges over " + curve.title())).append("</title>\n");
        svg.append("<style>").append(STYLE).append("</style>\n");
        panel(0, "exchanges a second", List.of(new Line("", Point::perSecond)));
        panel(
                1,
                "latency, ms",
                List.of(new Line("p50", Point::p50Milliseconds), new Line("p99", Point::p99Milliseconds)));
        panel(2, "CPU per exchange, µs", List.of(new Line("", Point::cpuMicrosecondsPerOperation)));
        return svg.append("</svg>\n").toString();
    }

    private void panel(int number, String title, List<Line> lines) {
        List<Double> values = new ArrayList<>();
        for (Line line : lines) {
            for (Point point : curve.points()) {
                Double value = line.value().apply(point);
                if (value != null && value > 0) {
                    values.add(value);
                }
            }
        }
        if (values.isEmpty()) {
            return;
        }
        LogAxis x = LogAxis.of(
                curve.points().stream().map(Point::x).toList(),
                number * PANEL_WIDTH + LEFT,
                (number + 1) * PANEL_WIDTH - RIGHT);
        LogAxis y = LogAxis.of(values, HEIGHT - BOTTOM, TOP);
        text(number * PANEL_WIDTH + LEFT, TOP - 24, "start", "t", title);
        grid(x, y);
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), i, x, y);
            if (!lines.get(i).name().isEmpty()) {
                legend(number * PANEL_WIDTH + LEFT + 70 * i, lines.get(i).name(), i);
            }
        }
        text((x.from() + x.to()) / 2, HEIGHT - 10, "middle", "", curve.unit());
    }

    private void legend(double at, String name, int series) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"s%d\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                series,
                at,
                TOP - 12,
                at + 22,
                TOP - 12));
        text(at + 27, TOP - 8, "start", "", name);
    }

    private void grid(LogAxis x, LogAxis y) {
        for (double mark : y.marks()) {
            svg.append(rule("g", x.from(), y.at(mark), x.to(), y.at(mark)));
            text(x.from() - 5, y.at(mark) + 4, "end", "", shortened(mark));
        }
        for (double mark : x.marks()) {
            svg.append(rule("g", x.at(mark), y.from(), x.at(mark), y.to()));
            text(x.at(mark), HEIGHT - BOTTOM + 16, "middle", "", shortened(mark));
        }
        svg.append(rule("a", x.from(), y.from(), x.to(), y.from()));
        svg.append(rule("a", x.from(), y.from(), x.from(), y.to()));
    }

    private static String rule(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    private void line(Line line, int series, LogAxis x, LogAxis y) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Point point : curve.points()) {
            Double value = line.value().apply(point);
            if (value == null || value <= 0) {
                continue;
            }
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(point.x()), y.at(value)));
            dots.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s: %s</title></circle>%n",
                    series,
                    x.at(point.x()),
                    y.at(value),
                    escaped(shortened(point.x()) + " " + curve.unit()),
                    ReportText.number(value)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<polyline class=\"s%d\" points=\"%s\"/>%n",
                series,
                path.toString().strip()));
        svg.append(dots);
    }

    private void text(double x, double y, String anchor, String style, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor,
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                escaped(words)));
    }

    /** A number that fits under an axis. */
    static String shortened(double value) {
        if (value >= 1_000_000) {
            return trimmed(value / 1_000_000) + "M";
        }
        if (value >= 1_000) {
            return trimmed(value / 1_000) + "k";
        }
        return trimmed(value);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
