package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Instant LATER = START.plusSeconds(300);

    private final RecentRequests recent = new RecentRequests(8, SKEW, START);

    @Test
    void surelyNew_whenIssuedLongAfterTheStart_onceOnly() {
        UUID id = UUID.randomUUID();

        assertThat(recent.surelyNew(id, LATER, LATER)).isTrue();
        assertThat(recent.surelyNew(id, LATER, LATER)).isFalse();
        assertThat(recent.surelyNew(UUID.randomUUID(), LATER, LATER)).isTrue();
    }

    @Test
    void surelyNew_whenTheLastRunMayHaveReceivedIt_isNotSaid() {
        assertThat(recent.surelyNew(UUID.randomUUID(), START.minusSeconds(1), LATER))
                .isFalse();
        assertThat(recent.surelyNew(UUID.randomUUID(), START.plus(SKEW), LATER)).isFalse();
        assertThat(recent.surelyNew(UUID.randomUUID(), START.plus(SKEW).plusMillis(1), LATER))
                .isTrue();
    }

    @Test
    void surelyNew_whenSoManyCameThatSomeAreForgotten_isNotSaidOfWhatMayBeAmongThem() {
        List<UUID> received = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            UUID id = UUID.randomUUID();
            received.add(id);
            recent.surelyNew(id, LATER, LATER.plusSeconds(i));
        }

        for (UUID id : received) {
            assertThat(recent.surelyNew(id, LATER, LATER.plusSeconds(100))).isFalse();
        }
        Instant fresh = LATER.plusSeconds(300);
        assertThat(recent.surelyNew(UUID.randomUUID(), fresh, fresh)).isTrue();
    }

    @Test
    void surelyNew_whenIdsCollideInTheTable_tellsThemApart() {
        for (int i = 1; i <= 8; i++) {
            assertThat(recent.surelyNew(new UUID((long) i << 40, 0), LATER, LATER))
                    .isTrue();
        }
        for (int i = 3; i <= 8; i++) {
            assertThat(recent.surelyNew(new UUID((long) i << 40, 0), LATER, LATER))
                    .isFalse();
        }
    }
}
