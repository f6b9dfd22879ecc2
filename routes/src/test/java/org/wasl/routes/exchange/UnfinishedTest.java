package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedTest {

    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    private final Unfinished<String> unfinished = new Unfinished<>();
    private final List<String> ended = new ArrayList<>();

    private boolean end(String request) {
        return ended.add(request);
    }

    @Test
    void endAll_whenItsTimeHasNotCome_leavesIt() {
        unfinished.add("later", NOW.plusSeconds(1));
        unfinished.endAll(NOW, this::end);
        assertThat(ended).isEmpty();
        unfinished.endAll(NOW.plusSeconds(1), this::end);
        assertThat(ended).containsExactly("later");
        assertThat(unfinished.size()).isZero();
    }

    @Test
    void endAll_whenEndingFails_triesAgainTheNextTime() {
        unfinished.add("stubborn", NOW);
        unfinished.endAll(NOW, request -> {
            throw new IllegalStateException("the disk is still full");
        });
        unfinished.endAll(NOW, request -> false);
        assertThat(unfinished.size()).isEqualTo(1);
        unfinished.endAll(NOW, this::end);
        assertThat(ended).containsExactly("stubborn");
    }

    @Test
    void endAll_whenEndingAddsItAgain_looksAtItOnce() {
        unfinished.add("again", NOW);
        unfinished.endAll(NOW, request -> {
            unfinished.add(request, NOW);
            return end(request);
        });
        assertThat(ended).containsExactly("again");
        assertThat(unfinished.size()).isEqualTo(1);
    }

    @Test
    void add_whenAsManyWaitAsMay_leavesItToTheNextStart() {
        for (int i = 0; i < Unfinished.MOST + 1; i++) {
            unfinished.add("request " + i, NOW);
        }
        assertThat(unfinished.size()).isEqualTo(Unfinished.MOST);
    }
}
