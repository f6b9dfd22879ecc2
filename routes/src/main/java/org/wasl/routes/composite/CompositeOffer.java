package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Label;

/**
 * How a composite service is offered to people. What it costs changes by cabinet decision: it is declared, never coded.
 *
 * @param owner the member that answers for the service; null when none is named
 * @param description what it is for; null when nothing is said
 * @param channels through which people ask
 * @param automated which of the five parts of the service need nobody's presence
 * @param priority how much it matters by each of the five criteria, from 1 (least) to 5
 * @param serviceLevel within what time it is answered, when nobody must review; null when nothing is promised
 * @param fees what it costs
 * @param applications how often it is applied for in all; null when nobody has counted
 */
public record CompositeOffer(
        @Nullable MemberId owner,
        @Nullable Label description,
        Set<Channel> channels,
        Set<Automation> automated,
        Map<Criterion, Integer> priority,
        @Nullable Duration serviceLevel,
        List<Fee> fees,
        @Nullable Applications applications) {

    /** Nothing is said. */
    public static final CompositeOffer NONE =
            new CompositeOffer(null, null, Set.of(), Set.of(), Map.of(), null, List.of(), null);

    public CompositeOffer {
        channels = Set.copyOf(channels);
        automated = Set.copyOf(automated);
        priority = Map.copyOf(priority);
        fees = List.copyOf(fees);
    }

    /** The channels in the order of their declaration. */
    public Set<Channel> channelsInOrder() {
        Set<Channel> ordered = EnumSet.noneOf(Channel.class);
        ordered.addAll(channels);
        return ordered;
    }

    /** The criteria in the order of their declaration. */
    public Map<Criterion, Integer> priorityInOrder() {
        return new TreeMap<>(priority);
    }

    /** How people ask. */
    public enum Channel {
        WEB,
        MOBILE,
        KIOSK,
        COUNTER;

        /** Whether nobody has to attend at a counter. */
        public boolean electronic() {
            return this != COUNTER;
        }
    }

    /** The five things that a service can do without anybody's presence. */
    public enum Automation {
        /** It can be asked for through several channels. */
        CHANNELS,
        /** It is submitted electronically. */
        SUBMISSION,
        /** It is followed up electronically. */
        FOLLOW_UP,
        /** It is answered electronically. */
        ANSWER,
        /** It is paid electronically. */
        PAYMENT
    }

    /** What a service's turn in being automated goes by. */
    public enum Criterion {
        /** How many people ask for it. */
        DEMAND,
        /** What it spares each of them. */
        BURDEN,
        /** How many bodies take part in it. */
        BODIES,
        /** What the state loses by doing it slowly or wrongly. */
        VALUE,
        /** How ready the bodies' own systems are. */
        READINESS
    }

    /**
     * What one part of the service costs.
     *
     * @param id its name among the fees
     * @param label its name for people
     * @param amount exact, three decimals, not negative
     * @param currency its code, for example {@code JOD}
     */
    public record Fee(String id, Label label, BigDecimal amount, String currency) {

        public Fee {
            if (amount.signum() < 0 || amount.scale() != 3) {
                throw new IllegalArgumentException("an amount is not negative and has three decimals: " + amount);
            }
        }
    }

    /**
     * How often the service is applied for in a year, at counters and electronically: what the share of electronic requests
     * is a share of.
     *
     * @param yearly applications in that year
     * @param year the year that was counted
     * @param published when the figure was published
     * @param source who counted
     * @param synthetic whether the figure is invented, as all data of the samples is
     */
    public record Applications(long yearly, Year year, LocalDate published, Label source, boolean synthetic) {

        public Applications {
            if (yearly < 1) {
                throw new IllegalArgumentException("a share of nothing cannot be told: " + yearly);
            }
        }
    }
}
