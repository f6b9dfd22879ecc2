package org.wasl.security.registry;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When an agreement may be used.
 *
 * @param zone the time zone of its days and times
 * @param open the times; at least one
 */
public record OpeningHours(ZoneId zone, List<Open> open) {

    private static final int DAYS_AHEAD = 8;

    /**
     * One span of time on some days.
     *
     * @param days the days on which it begins
     * @param from when it begins
     * @param to when it ends (exclusive); on the next day unless it is after {@code from}
     */
    public record Open(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        public Open {
            days = Set.copyOf(days);
        }

        /** Whether this span holds that local time, be it one that began the day before. */
        boolean holds(DayOfWeek day, LocalTime time) {
            if (to.isAfter(from)) {
                return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
            }
            return (days.contains(day) && !time.isBefore(from)) || (days.contains(day.minus(1)) && time.isBefore(to));
        }
    }

    public OpeningHours {
        open = List.copyOf(open);
    }

    /** Whether the agreement may be used at this instant: from the beginning of a span on, until before its end. */
    public boolean isOpen(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return open.stream().anyMatch(span -> span.holds(local.getDayOfWeek(), local.toLocalTime()));
    }

    /** The first instant from this one on at which the agreement may be used; empty when there is none for a week. */
    public Optional<Instant> nextOpening(Instant at) {
        if (isOpen(at)) {
            return Optional.of(at);
        }
        LocalDate today = at.atZone(zone).toLocalDate();
        // A span that begins within a gap of the clock begins after it: one day more finds the week's next.
        return IntStream.rangeClosed(0, DAYS_AHEAD)
                .mapToObj(today::plusDays)
                .flatMap(date -> open.stream()
                        .filter(span -> span.days().contains(date.getDayOfWeek()))
                        .map(span -> date.atTime(span.from()).atZone(zone).toInstant()))
                .filter(begin -> begin.isAfter(at) && isOpen(begin))
                .min(Comparator.naturalOrder());
    }
}
