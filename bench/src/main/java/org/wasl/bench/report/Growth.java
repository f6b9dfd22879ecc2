package org.wasl.bench.report;

import java.util.List;

/**
 * How the CPU time of an operation grows with what grows.
 *
 * @param ratio the last point's cost to the first's
 * @param exponent over all: 0 is flat, 1 in proportion
 * @param steepest between two neighbours, where there is enough of it to tell from noise
 * @param steepestAt where the steepest stretch ends
 */
public record Growth(double ratio, double exponent, double steepest, double steepestAt) {

    /** Measuring again gives such differences without any growth. */
    private static final double NOISE = 1.25;
    /** Beyond it growth is worse than linear. */
    private static final double LINEAR = 1.1;

    /** Of these points, smallest first; at least two. */
    public static Growth of(List<Point> points) {
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double steepest = 0;
        double at = first.x();
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double risen = to.cpuMicrosecondsPerOperation() / from.cpuMicrosecondsPerOperation();
            double local = exponent(from, to);
            if (risen > NOISE && local > steepest) {
                steepest = local;
                at = to.x();
            }
        }
        return new Growth(
                last.cpuMicrosecondsPerOperation() / first.cpuMicrosecondsPerOperation(),
                exponent(first, last),
                steepest,
                at);
    }

    private static double exponent(Point from, Point to) {
        double wider = Math.max(1, to.x()) / Math.max(1, from.x());
        return Math.log(to.cpuMicrosecondsPerOperation() / from.cpuMicrosecondsPerOperation()) / Math.log(wider);
    }

    /** Whether it costs no more at the end than at the start, noise aside. */
    public boolean isFlat() {
        return ratio <= NOISE;
    }

    /** Whether some stretch grows faster than what grows. */
    public boolean isWorseThanLinear() {
        return steepest > LINEAR || exponent > LINEAR;
    }
}
