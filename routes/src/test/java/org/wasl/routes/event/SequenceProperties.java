package org.wasl.routes.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Numbers, gaps and replays, whatever the way loses, doubles and turns round, and whoever restarts when. */
class SequenceProperties {

    /** Both logs, and the way between: only what is in a log outlives a restart. */
    private static final class World {

        private final Set<Long> told = new HashSet<>();
        private final List<Long> received = new ArrayList<>();
        private final List<Long> onTheWay = new ArrayList<>();
        private long lastTold;
        private long lastReceived;
        private long wanted;

        void publish() {
            lastTold++;
            assertThat(told.add(lastTold)).as("a number is given once").isTrue();
            onTheWay.add(lastTold);
        }

        void restartPublisher() {
            lastTold = Series.last(told::contains);
            if (lastTold > 0) {
                onTheWay.add(lastTold);
            }
        }

        void restartSubscriber() {
            lastReceived = Series.last(number -> received.contains(number));
            wanted = 0;
        }

        void arrive(long number) {
            switch (Place.of(number, lastReceived)) {
                case KNOWN -> {}
                case NEXT -> {
                    received.add(number);
                    lastReceived = number;
                }
                case BEYOND_GAP -> wanted = Math.max(wanted, number);
            }
        }

        void ask(int replayMax) {
            for (long number = lastReceived + 1; number <= Math.min(lastTold, lastReceived + replayMax); number++) {
                onTheWay.add(number);
            }
        }

        void assertInOrder() {
            for (int i = 0; i < received.size(); i++) {
                assertThat(received.get(i)).isEqualTo(i + 1L);
            }
        }
    }

    @Property
    void received_whateverTheWayDoes_isAPrefixInOrderAndAllInTheEnd(
            @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 9) Integer> steps,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int replayMax) {
        World world = new World();
        Random random = new Random(seed);
        for (int step : steps) {
            int waiting = world.onTheWay.size();
            int any = waiting == 0 ? 0 : random.nextInt(waiting);
            switch (step) {
                case 0, 1, 2 -> world.publish();
                case 3, 4 -> {
                    // In no order.
                    if (waiting > 0) {
                        world.arrive(world.onTheWay.remove(any));
                    }
                }
                case 5 -> {
                    if (waiting > 0) {
                        world.onTheWay.remove(any);
                    }
                }
                case 6 -> {
                    if (waiting > 0) {
                        world.onTheWay.add(world.onTheWay.get(any));
                    }
                }
                case 7 -> world.restartSubscriber();
                case 8 -> world.restartPublisher();
                default -> world.ask(replayMax);
            }
            world.assertInOrder();
        }
        // Once the way holds, asking is enough.
        while (world.lastReceived < world.lastTold) {
            world.ask(replayMax);
            List<Long> arriving = List.copyOf(world.onTheWay);
            world.onTheWay.clear();
            arriving.forEach(world::arrive);
            world.assertInOrder();
        }
        assertThat(world.received).hasSize(world.told.size());
    }

    @Property
    void last_whereverASeriesEnds_isFoundInFewQuestions(@ForAll @LongRange(min = 0, max = 1L << 40) long end) {
        AtomicLong questions = new AtomicLong();

        long found = Series.last(number -> {
            questions.incrementAndGet();
            return number <= end;
        });

        assertThat(found).isEqualTo(end);
        assertThat(questions.get()).isLessThanOrEqualTo(2L * (64 - Long.numberOfLeadingZeros(end + 1)) + 2);
    }
}
