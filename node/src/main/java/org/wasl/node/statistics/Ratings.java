package org.wasl.node.statistics;

import java.util.List;

/**
 * How people rated a service.
 *
 * @param byScore how many gave 1, 2, and so on up to {@link #HIGHEST}
 */
public record Ratings(List<Long> byScore) {

    /** The best score; the worst is 1. */
    public static final int HIGHEST = 5;

    /** What was recorded when somebody rated an answer: {@code {"score":4}} and perhaps a comment. */
    public static final String PURPOSE = "SATISFACTION";

    /** Nobody has rated. */
    public static final Ratings NONE = new Ratings(List.of(0L, 0L, 0L, 0L, 0L));

    public Ratings {
        byScore = List.copyOf(byScore);
        if (byScore.size() != HIGHEST) {
            throw new IllegalArgumentException("there are " + HIGHEST + " scores, not " + byScore.size());
        }
    }

    /** Whether this is a score. */
    public static boolean isScore(int score) {
        return score >= 1 && score <= HIGHEST;
    }

    /** The same, and one more who gave this score. */
    Ratings and(int score) {
        Long[] counts = byScore.toArray(Long[]::new);
        counts[score - 1]++;
        return new Ratings(List.of(counts));
    }

    /** How many rated. */
    public long count() {
        return byScore.stream().mapToLong(Long::longValue).sum();
    }

    /** The sum of all scores: divided by {@link #count()} it is their average. */
    public long sum() {
        long sum = 0;
        for (int score = 1; score <= HIGHEST; score++) {
            sum += score * byScore.get(score - 1);
        }
        return sum;
    }
}
