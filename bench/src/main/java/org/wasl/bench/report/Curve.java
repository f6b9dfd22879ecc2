package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;

/**
 * What the product does while one thing grows.
 *
 * @param group the part of the report that it is made from
 * @param title what grows, for people
 * @param unit in what it is counted
 * @param flat whether a cost that does not grow at all was asked for; otherwise growth in proportion is
 */
public record Curve(String group, String title, String unit, boolean flat, List<Point> points) {

    public Curve {
        points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }

    /** All curves that this report has points of. */
    public static List<Curve> of(Report report) {
        List<Curve> curves = new ArrayList<>();
        curves.add(of(report, Parts.CURVE_PAYLOAD, "size of the payload, a record", "octets", false));
        curves.add(
                of(report, Parts.CURVE_DOCUMENT, "size of the payload, a document that is streamed", "octets", false));
        curves.add(of(report, Parts.CURVE_CALLERS, "concurrent callers", "callers", true));
        curves.add(of(report, Parts.CURVE_LOG, "size of both logs at the start", "leaves", true));
        curves.add(of(report, Parts.CURVE_AGREEMENTS, "agreements in the registry", "agreements", true));
        curves.add(of(report, Parts.CURVE_MEMBERS, "members in the registry", "members", true));
        return curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
    }

    private static Curve of(Report report, String group, String title, String unit, boolean flat) {
        List<Point> points = new ArrayList<>();
        for (LoadResult result : report.group(group)) {
            for (Measured measured : result.measured()) {
                if (measured.operations() > 0) {
                    points.add(point(measured));
                }
            }
        }
        return new Curve(group, title, unit, flat, points);
    }

    /** A curve's scenarios are named by their place on it. */
    private static Point point(Measured measured) {
        return new Point(
                Double.parseDouble(measured.scenario().name()),
                measured.perSecond(),
                measured.latency().p50Milliseconds(),
                measured.latency().p99Milliseconds(),
                measured.cpuMicrosecondsPerOperation(),
                measured.heapPeakMebibytes(),
                measured.heapLiveMebibytes(),
                measured.unanswered());
    }
}
