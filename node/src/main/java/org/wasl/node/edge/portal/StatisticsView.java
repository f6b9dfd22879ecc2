package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.node.statistics.Cell;
import org.wasl.node.statistics.CountedRequests;
import org.wasl.node.statistics.Outcome;
import org.wasl.node.statistics.Ratings;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeOffer.Applications;
import org.wasl.routes.composite.CompositeOffer.Channel;

/**
 * How often services are asked, through what, and how much of all applications that is. Every sum is over the counts that
 * are shown, so nothing in it says more than they do.
 *
 * @param asOf when the log had been counted so far
 * @param complete whether all of it had been
 * @param threshold the number of which every count is a multiple; absent when counts are exact
 * @param timeZone in which months begin
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatisticsView(
        Instant asOf,
        boolean complete,
        @Nullable Integer threshold,
        String timeZone,
        boolean synthetic,
        Map<String, String> method,
        Map<String, Map<String, String>> outcomes,
        List<ServiceCounts> services) {

    private static final int MONTHS_OF_A_YEAR = 12;
    private static final int SHARE_DIGITS = 4;
    private static final int AVERAGE_DIGITS = 2;

    /**
     * One service's counts.
     *
     * @param visitsSpared for each complete answer that was asked electronically, as many visits as it had sources
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServiceCounts(
            String service,
            String id,
            Map<String, String> name,
            long requests,
            long electronic,
            Map<String, Long> byChannel,
            Map<String, Long> byOutcome,
            List<Month> months,
            long visitsSpared,
            @Nullable Satisfaction satisfaction,
            @Nullable Adoption adoption) {}

    /**
     * How those who asked rated their answers.
     *
     * @param average of {@code ratings} scores from 1 to 5, two decimals, rounded half up
     * @param ratings how many rated
     * @param ended how many requests could be rated: those that have ended, whatever with
     * @param byScore how many gave each score
     */
    record Satisfaction(String average, long ratings, long ended, Map<String, Long> byScore) {}

    record Month(String period, long requests, Map<String, Long> byChannel, Map<String, Long> byOutcome) {}

    /**
     * Electronic requests as a share of all applications.
     *
     * @param electronic those of the months {@code from} to {@code to}
     * @param months how many of these twelve months have requests: with fewer, less than a year is set against a year
     * @param byChannel the same by channel
     * @param share {@code electronic} of {@code applications.yearly}, four decimals, rounded down
     */
    record Adoption(
            long electronic,
            String from,
            String to,
            int months,
            Map<String, Long> byChannel,
            String share,
            CatalogueView.Applications applications) {}

    /**
     * Statistics of what was counted.
     *
     * @param counts what is shown: exact counts, or those that may be published
     * @param threshold that of what may be published; null for exact counts
     * @param synthetic whether the people who asked are invented
     */
    static StatisticsView of(
            Collection<CompositeDeclaration> declarations,
            CountedRequests counts,
            @Nullable Integer threshold,
            boolean synthetic) {
        Map<String, Map<String, String>> outcomes = new LinkedHashMap<>();
        Arrays.stream(Outcome.values())
                .forEach(outcome -> outcomes.put(outcome.name(), CatalogueView.names(outcome.label())));
        return new StatisticsView(
                counts.at(),
                counts.complete(),
                threshold,
                "UTC",
                synthetic,
                CatalogueView.names(threshold == null ? OpenDataText.EXACT : OpenDataText.method(threshold)),
                outcomes,
                declarations.stream()
                        .sorted(Comparator.comparing(
                                declaration -> declaration.service().code()))
                        .map(declaration -> service(declaration, counts))
                        .toList());
    }

    private static ServiceCounts service(CompositeDeclaration declaration, CountedRequests counts) {
        Map<Cell, Long> own = new TreeMap<>(counts.cells());
        own.keySet()
                .removeIf(cell -> !cell.service().equals(declaration.service().toString()));
        int sources = (int) declaration.steps().stream()
                .map(step -> step.service().member())
                .distinct()
                .count();
        long spared = sum(own, cell -> electronic(cell) && cell.outcome() == Outcome.COMPLETE) * sources;
        Map<YearMonth, Map<Cell, Long>> months = new TreeMap<>();
        own.forEach((cell, count) ->
                months.computeIfAbsent(cell.period(), month -> new TreeMap<>()).put(cell, count));
        Applications applications = declaration.offer().applications();
        YearMonth now = YearMonth.from(counts.at().atOffset(ZoneOffset.UTC));
        return new ServiceCounts(
                declaration.service().code(),
                declaration.service().toString(),
                CatalogueView.names(declaration.name()),
                sum(own, cell -> true),
                sum(own, StatisticsView::electronic),
                by(own, Cell::channel),
                by(own, cell -> cell.outcome().name()),
                months.entrySet().stream()
                        .map(month -> new Month(
                                month.getKey().toString(),
                                sum(month.getValue(), cell -> true),
                                by(month.getValue(), Cell::channel),
                                by(month.getValue(), cell -> cell.outcome().name())))
                        .toList(),
                spared,
                satisfaction(counts.ratings().get(declaration.service().toString()), own),
                applications == null ? null : adoption(own, applications, now));
    }

    private static @Nullable Satisfaction satisfaction(@Nullable Ratings ratings, Map<Cell, Long> own) {
        if (ratings == null) {
            return null;
        }
        Map<String, Long> byScore = new TreeMap<>();
        for (int score = 1; score <= Ratings.HIGHEST; score++) {
            byScore.put(Integer.toString(score), ratings.byScore().get(score - 1));
        }
        return new Satisfaction(
                BigDecimal.valueOf(ratings.sum())
                        .divide(BigDecimal.valueOf(ratings.count()), AVERAGE_DIGITS, RoundingMode.HALF_UP)
                        .toPlainString(),
                ratings.count(),
                sum(own, cell -> cell.outcome() != Outcome.OPEN),
                byScore);
    }

    private static Adoption adoption(Map<Cell, Long> own, Applications applications, YearMonth now) {
        YearMonth first = now.minusMonths(MONTHS_OF_A_YEAR - 1L);
        Map<Cell, Long> year = new TreeMap<>(own);
        year.keySet().removeIf(cell -> cell.period().isBefore(first) || !electronic(cell));
        long electronic = sum(year, cell -> true);
        return new Adoption(
                electronic,
                first.toString(),
                now.toString(),
                (int) year.keySet().stream().map(Cell::period).distinct().count(),
                by(year, Cell::channel),
                BigDecimal.valueOf(electronic)
                        .divide(BigDecimal.valueOf(applications.yearly()), SHARE_DIGITS, RoundingMode.DOWN)
                        .toPlainString(),
                Objects.requireNonNull(CatalogueView.Applications.of(applications)));
    }

    /** Refused requests whose channel nobody knows are no electronic ones. */
    private static boolean electronic(Cell cell) {
        return Arrays.stream(Channel.values())
                .anyMatch(channel -> channel.electronic() && channel.name().equals(cell.channel()));
    }

    private static long sum(Map<Cell, Long> counts, Predicate<Cell> wanted) {
        return counts.entrySet().stream()
                .filter(count -> wanted.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> by(Map<Cell, Long> counts, Function<Cell, String> what) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((cell, count) -> sums.merge(what.apply(cell), count, Long::sum));
        return sums;
    }
}
