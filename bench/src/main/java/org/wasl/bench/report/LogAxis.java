package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis; 0 stands where 1 does, since logarithms know none. */
record LogAxis(double least, double most, double from, double to) {

    private static final double[] STEPS = {1, 2, 5};
    private static final int MANY_DECADES = 3;

    /** One that holds all these values between two places. */
    static LogAxis of(List<Double> values, double from, double to) {
        double least = values.stream().mapToDouble(v -> Math.max(v, 0)).min().orElse(1);
        double most = values.stream().mapToDouble(v -> v).max().orElse(1);
        double lowest = least <= 0 ? 1 : least;
        double low = floor(lowest);
        double high = ceiling(Math.max(most, lowest));
        return new LogAxis(low, high <= low ? low * 10 : high, from, to);
    }

    private static double floor(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        double at = decade;
        for (double step : STEPS) {
            if (decade * step <= value * 1.0000001) {
                at = decade * step;
            }
        }
        return at;
    }

    private static double ceiling(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : STEPS) {
            if (decade * step >= value * 0.9999999) {
                return decade * step;
            }
        }
        return decade * 10;
    }

    /** Where a value stands. */
    double at(double value) {
        double bounded = Math.max(value <= 0 ? 1 : value, least);
        return from + (to - from) * Math.log(bounded / least) / Math.log(most / least);
    }

    /** The values that are marked: whole decades, with steps between when there are few. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        boolean wholeOnly = Math.log10(most / least) > MANY_DECADES;
        double decade = Math.pow(10, Math.floor(Math.log10(least)));
        while (decade <= most * 1.0000001) {
            for (double step : STEPS) {
                double mark = decade * step;
                if (mark >= least * 0.9999999 && mark <= most * 1.0000001 && (step == 1 || !wholeOnly)) {
                    marks.add(mark);
                }
            }
            decade *= 10;
        }
        return marks;
    }
}
