package org.wasl.node.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/**
 * The exchanges that this node's members began, counted as they end: by the minute for what goes on now, by the hour for
 * how agencies keep their word. In memory alone: it begins anew with each start, and says since when it counts.
 */
public final class Traffic {

    /** Over how many minutes it tells what goes on. */
    public static final int MINUTES = 15;

    /** Over how many hours it tells how agencies keep their word. */
    public static final int HOURS = 7 * 24;

    private static final int MAX_FLOWS = 10_000;

    private final Map<Flow, Line> lines = new ConcurrentHashMap<>();
    private final CurrentRegistry registry;
    private final Clock clock;
    private final Instant since;

    public Traffic(CurrentRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.since = clock.instant();
    }

    private static final class Line {
        private final Slots minutes = new Slots(Duration.ofMinutes(1), MINUTES);
        private final Slots hours = new Slots(Duration.ofHours(1), HOURS);
    }

    /** Since when it counts. */
    public Instant since() {
        return since;
    }

    /**
     * Counts an exchange that has ended. One that names what the registry does not know is not counted: what is not
     * registered is refused, and must not fill the memory.
     */
    void ended(Flow flow, @Nullable FaultCode fault, boolean later, Duration lasted) {
        Registry current = registry.get();
        Service service = current.service(flow.service()).orElse(null);
        if (service == null || current.member(flow.consumer()).isEmpty()) {
            return;
        }
        Line line = lines.get(flow);
        if (line == null) {
            if (lines.size() >= MAX_FLOWS) {
                return;
            }
            line = lines.computeIfAbsent(flow, unseen -> new Line());
        }
        long now = clock.millis();
        synchronized (line) {
            add(line.minutes.at(now), fault, later, lasted, service.serviceLevel());
            add(line.hours.at(now), fault, later, lasted, service.serviceLevel());
        }
    }

    private static void add(
            @Nullable Counts slot,
            @Nullable FaultCode fault,
            boolean later,
            Duration lasted,
            @Nullable Duration level) {
        if (slot != null) {
            slot.add(fault, later, lasted.toMillis(), level);
        }
    }

    /** What ended in the last quarter of an hour, by flow. */
    public Map<Flow, Counts> lastMinutes() {
        return sum(line -> line.minutes, MINUTES, flow -> true, Function.identity());
    }

    /**
     * What ended in the last hours, by service.
     *
     * @param hours how many, the one that goes on among them; {@link #HOURS} at the most
     */
    public Map<ServiceId, Counts> lastHours(int hours) {
        return sum(line -> line.hours, hours, flow -> true, Flow::service);
    }

    /** From when on those hours are counted: their beginning, or the start of this process. */
    public Instant from(int hours) {
        Instant begin = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1L));
        return begin.isBefore(since) ? since : begin;
    }

    /** What ended in each of the last minutes, oldest first, the minute that goes on being the last. */
    public List<Counts> byMinute(Predicate<Flow> wanted) {
        List<Counts> sums = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            sums.add(new Counts());
        }
        long now = clock.millis();
        lines.forEach((flow, line) -> {
            if (wanted.test(flow)) {
                synchronized (line) {
                    List<@Nullable Counts> last = line.minutes.last(now, MINUTES);
                    for (int i = 0; i < MINUTES; i++) {
                        Counts minute = last.get(i);
                        if (minute != null) {
                            sums.get(i).add(minute);
                        }
                    }
                }
            }
        });
        return sums;
    }

    private <K> Map<K, Counts> sum(
            Function<Line, Slots> which, int slots, Predicate<Flow> wanted, Function<Flow, K> key) {
        Map<K, Counts> sums = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        long now = clock.millis();
        lines.forEach((flow, line) -> {
            if (wanted.test(flow)) {
                synchronized (line) {
                    which.apply(line)
                            .since(now, slots, slot -> sums.computeIfAbsent(key.apply(flow), first -> new Counts())
                                    .add(slot));
                }
            }
        });
        return sums;
    }
}
