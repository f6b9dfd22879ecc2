package org.wasl.node.edge.audit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * What counts as unusual.
 *
 * @param zone in which offices keep their hours
 * @param dayBegins the hour from which on it is office time
 * @param dayEnds the hour from which on it is not
 * @param restDays the days on which it is not
 * @param volumeMultiple how many times the median of all officers one officer has to ask
 * @param volumeLeast how many requests it takes at least
 * @param familyLeast how many people of one family name it takes
 * @param scanMax how many requests are looked at
 */
public record AnomalyRules(
        ZoneId zone,
        int dayBegins,
        int dayEnds,
        Set<DayOfWeek> restDays,
        int volumeMultiple,
        int volumeLeast,
        int familyLeast,
        int scanMax) {

    public AnomalyRules {
        restDays = Set.copyOf(restDays);
        if (dayBegins < 0 || dayEnds > 24 || dayBegins >= dayEnds) {
            throw new IllegalArgumentException("office hours are from " + dayBegins + " to " + dayEnds);
        }
    }

    /** Whether this is no office time. */
    boolean isOdd(Instant at) {
        ZonedDateTime there = at.atZone(zone);
        return restDays.contains(there.getDayOfWeek()) || there.getHour() < dayBegins || there.getHour() >= dayEnds;
    }
}
