package org.wasl.security.registry;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * When an agreement may be used.
 *
 * @param zone the time zone of its days and times
 * @param open the times; at least one
 */
public record OpeningHours(ZoneId zone, List<Open> open) {

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
    }

    public OpeningHours {
        open = List.copyOf(open);
    }
}
