package org.wasl.schemas.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Pool<Integer> pool = new Pool<>(made::incrementAndGet);

    @Test
    void take_whenOneIsIdle_givesItAgain() {
        Pool.Lease<Integer> lease = pool.take();
        pool.give(lease, 10);

        assertThat(pool.take().value()).isEqualTo(lease.value());
    }

    @Test
    void take_whenAllAreInUse_makesAnother() {
        assertThat(pool.take().value()).isNotEqualTo(pool.take().value());
    }

    @Test
    void give_whenItHasReadItsShare_letsItGo() {
        Pool.Lease<Integer> lease = pool.take();
        for (int i = 0; i < 4; i++) {
            pool.give(lease, 10 * 1024 * 1024);
        }
        List<Integer> values =
                List.of(pool.take().value(), pool.take().value(), pool.take().value());

        // Given back three times within its share, and not a fourth time.
        assertThat(values).containsOnly(lease.value());
        assertThat(pool.take().value()).isNotEqualTo(lease.value());
    }

    @Test
    void give_whenTooManyAreIdle_keepsABoundedNumber() {
        List<Pool.Lease<Integer>> leases = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            leases.add(pool.take());
        }
        leases.forEach(lease -> pool.give(lease, 1));
        for (int i = 0; i < 100; i++) {
            pool.take();
        }

        assertThat(made.get()).isBetween(101, 199);
    }
}
