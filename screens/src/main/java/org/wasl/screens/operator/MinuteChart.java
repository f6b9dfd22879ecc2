package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The last minutes as two pictures: how much was asked, and how long it took. Time goes the way the page is read.
 *
 * @param bars one a minute: what was asked, and of it what failed
 * @param p95 the line of durations within which 95 of a hundred ended
 * @param p50 half of them
 * @param minutes the same as a table
 * @param mostAsked what the highest bar stands for
 * @param longest what the top of the second picture stands for
 */
public record MinuteChart(
        List<Bar> bars,
        String p95,
        String p50,
        List<Minute> minutes,
        List<Tick> ticks,
        String mostAsked,
        Span longest) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 170;
    private static final int BASE = 140;
    private static final int TOP = 14;
    private static final int START = 52;
    private static final int TICK_EVERY = 5;
    private static final long LEAST_MILLIS = 100;

    /** One minute's bar; {@code failedHeight} is its lower part. */
    public record Bar(int x, int width, int y, int height, int failedY, int failedHeight) {}

    public record Tick(int x, String text) {}

    public record Minute(String at, String asked, String failed, Span p50, Span p95) {}

    static MinuteChart of(JsonNode series, boolean mirrored) {
        int count = Math.max(1, series.size());
        long most = 1;
        long longest = LEAST_MILLIS;
        for (JsonNode minute : series) {
            most = Math.max(most, minute.path("asked").asLong());
            longest = Math.max(longest, minute.path("p95Millis").asLong());
        }
        double step = (WIDTH - START) / (double) count;
        List<Bar> bars = new ArrayList<>();
        List<Tick> ticks = new ArrayList<>();
        List<Minute> minutes = new ArrayList<>();
        StringBuilder p95 = new StringBuilder();
        StringBuilder p50 = new StringBuilder();
        for (int i = 0; i < series.size(); i++) {
            JsonNode minute = series.get(i);
            double x = START + step * i;
            long asked = minute.path("asked").asLong();
            long failed = minute.path("failed").asLong();
            int high = height(asked, most);
            int low = height(failed, most);
            int width = Math.max(2, (int) Math.round(step) - 6);
            int left = (int) Math.round(mirrored ? WIDTH - x - step + 3 : x + 3);
            bars.add(new Bar(left, width, BASE - high, high, BASE - low, low));
            double middle = mirrored ? WIDTH - x - step / 2 : x + step / 2;
            if (asked > 0) {
                point(p95, middle, minute.path("p95Millis").asLong(), longest);
                point(p50, middle, minute.path("p50Millis").asLong(), longest);
            }
            String at = Reading.minute(minute.path("at").asText());
            if (i % TICK_EVERY == 2) {
                ticks.add(new Tick((int) Math.round(middle), at));
            }
            minutes.add(new Minute(
                    at,
                    Reading.number(asked),
                    Reading.number(failed),
                    Span.ofMillis(minute.path("p50Millis").asLong()),
                    Span.ofMillis(minute.path("p95Millis").asLong())));
        }
        return new MinuteChart(
                bars, p95.toString(), p50.toString(), minutes, ticks, Reading.number(most), Span.ofMillis(longest));
    }

    private static int height(long value, long most) {
        int height = (int) Math.round((BASE - TOP) * (value / (double) most));
        return value > 0 ? Math.max(2, height) : 0;
    }

    private static void point(StringBuilder line, double x, long millis, long longest) {
        line.append(String.format(
                Locale.ROOT, "%s%.1f %dh.1", line.length() == 0 ? "M" : "L", x, BASE - height(millis, longest)));
    }
}
