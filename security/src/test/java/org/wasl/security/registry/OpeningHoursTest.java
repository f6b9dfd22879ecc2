package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

    private static final ZoneId AMMAN = ZoneId.of("Asia/Amman");
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY);
    private static final OpeningHours OFFICE = hours("08:00", "15:00", WORKDAYS);
    private static final OpeningHours NIGHT = hours("22:00", "06:00", Set.of(DayOfWeek.SATURDAY));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00, true",
        "2026-11-23T07:59:59.999999999, false",
        "2026-11-23T14:59:59.999999999, true",
        "2026-11-23T15:00, false",
        "2026-11-27T10:00, false",
        "2026-11-26T10:00, true",
    })
    void isOpen_whenSpanEndsTheSameDay_isHalfOpen(LocalDateTime local, boolean open) {
        assertThat(OFFICE.isOpen(at(local))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T21:59, false",
        "2026-11-21T22:00, true",
        "2026-11-22T00:00, true",
        "2026-11-22T05:59:59, true",
        "2026-11-22T06:00, false",
        "2026-11-22T22:00, false",
        "2026-11-21T03:00, false",
    })
    void isOpen_whenSpanCrossesMidnight_belongsToTheDayOnWhichItBegan(LocalDateTime local, boolean open) {
        assertThat(NIGHT.isOpen(at(local))).isEqualTo(open);
    }

    @Test
    void isOpen_whenSpanEndsAsItBegins_isOpenForTwentyFourHours() {
        OpeningHours all = hours("00:00", "00:00", EnumSet.allOf(DayOfWeek.class));
        for (int hour = 0; hour < 24 * 7; hour++) {
            assertThat(all.isOpen(at(LocalDateTime.of(2026, 11, 21, 0, 30)).plusSeconds(hour * 3600L)))
                    .isTrue();
        }
    }

    @Test
    void isOpen_whenAsked_goesByTheAgreementsZoneAndNotByUtc() {
        // Eight in Amman is five in Greenwich.
        assertThat(OFFICE.isOpen(Instant.parse("2026-11-23T05:00:00Z"))).isTrue();
        assertThat(OFFICE.isOpen(Instant.parse("2026-11-23T13:00:00Z"))).isFalse();
    }

    @Test
    void nextOpening_whenClosed_isTheNextBeginning() {
        assertThat(OFFICE.nextOpening(at(LocalDateTime.of(2026, 11, 26, 15, 0))))
                .contains(at(LocalDateTime.of(2026, 11, 30, 8, 0)));
        assertThat(NIGHT.nextOpening(at(LocalDateTime.of(2026, 11, 22, 6, 0))))
                .contains(at(LocalDateTime.of(2026, 11, 28, 22, 0)));
    }

    @Property
    void nextOpening_always_isOpenAndNothingBeforeItIs(
            @ForAll @LongRange(min = 1_700_000_000, max = 1_900_000_000) long second,
            @ForAll @IntRange(max = 1439) int from,
            @ForAll @IntRange(max = 1439) int to,
            @ForAll Set<DayOfWeek> days,
            @ForAll @IntRange(min = 1, max = 1000) int part) {
        Set<DayOfWeek> some = days.isEmpty() ? Set.of(DayOfWeek.FRIDAY) : days;
        OpeningHours hours = new OpeningHours(
                AMMAN,
                List.of(new OpeningHours.Open(some, LocalTime.MIN.plusMinutes(from), LocalTime.MIN.plusMinutes(to))));
        Instant at = Instant.ofEpochSecond(second);

        Optional<Instant> next = hours.nextOpening(at);

        assertThat(next).isPresent();
        assertThat(hours.isOpen(next.get())).isTrue();
        assertThat(next.get()).isAfterOrEqualTo(at);
        if (next.get().isAfter(at)) {
            long between = (next.get().getEpochSecond() - second) * part / 1001;
            assertThat(hours.isOpen(at.plusSeconds(between))).isFalse();
        }
    }

    private static OpeningHours hours(String from, String to, Set<DayOfWeek> days) {
        return new OpeningHours(
                AMMAN, List.of(new OpeningHours.Open(days, LocalTime.parse(from), LocalTime.parse(to))));
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(AMMAN).toInstant();
    }
}
