package org.wasl.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.SettableLimit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wasl.routes.load.BackEndGate.Entry;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.Priority;

class BackEndGateTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static BackEndGate gate(int limit, int waiting) {
        return new BackEndGate(FixedLimit.of(limit), waiting, System::nanoTime);
    }

    private static BackEndGate.Pass pass(Entry entry) {
        return ((Entry.Admitted) entry).pass();
    }

    /** Enters in a thread of its own, and waits until it waits. */
    private CompletableFuture<Entry> enter(BackEndGate gate, Priority priority, Duration left) {
        int before = gate.waiting();
        CompletableFuture<Entry> entry = CompletableFuture.supplyAsync(() -> gate.enter(priority, left), threads);
        await().until(() -> gate.waiting() == before + 1 || entry.isDone());
        return entry;
    }

    @Test
    void enter_whenThereIsRoom_isAdmittedAtOnce() {
        BackEndGate gate = gate(2, 1);

        assertThat(gate.enter(Priority.NORMAL, LONG)).isInstanceOf(Entry.Admitted.class);
        assertThat(gate.enter(Priority.LOW, LONG)).isInstanceOf(Entry.Admitted.class);
        assertThat(gate.underWay()).isEqualTo(2);
    }

    @Test
    void enter_whenTheTimeIsUp_isLateWithoutTakingARoom() {
        BackEndGate gate = gate(1, 1);

        assertThat(gate.enter(Priority.URGENT, Duration.ZERO)).isInstanceOf(Entry.Late.class);
        assertThat(gate.underWay()).isZero();
        assertThat(gate.late()).isEqualTo(1);
    }

    @Test
    void enter_whenSeveralWait_isTheMostUrgentsTurnThenTheFirsts() {
        BackEndGate gate = gate(1, 10);
        BackEndGate.Pass first = pass(gate.enter(Priority.NORMAL, LONG));
        List<String> order = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> all = new CopyOnWriteArrayList<>();
        for (String name : List.of("LOW 1", "NORMAL 1", "NORMAL 2", "URGENT 1", "LOW 2", "URGENT 2")) {
            all.add(enter(gate, Priority.valueOf(name.split(" ", 2)[0]), LONG).thenAccept(entry -> {
                order.add(name);
                pass(entry).answered();
            }));
        }

        first.answered();
        all.forEach(CompletableFuture::join);

        assertThat(order).containsExactly("URGENT 1", "URGENT 2", "NORMAL 1", "NORMAL 2", "LOW 1", "LOW 2");
        assertThat(gate.underWay()).isZero();
    }

    @Test
    void enter_whenTheTurnDoesNotComeInTime_isLate() {
        BackEndGate gate = gate(1, 10);
        BackEndGate.Pass holder = pass(gate.enter(Priority.NORMAL, LONG));

        assertThat(gate.enter(Priority.URGENT, Duration.ofMillis(30))).isInstanceOf(Entry.Late.class);
        assertThat(gate.waiting()).isZero();
        holder.answered();
        assertThat(gate.enter(Priority.LOW, LONG)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void enter_whenAsManyWaitAsMay_isToldWhenToComeAgain() {
        BackEndGate gate = gate(1, 1);
        BackEndGate.Pass holder = pass(gate.enter(Priority.NORMAL, LONG));
        CompletableFuture<Entry> waiting = enter(gate, Priority.NORMAL, LONG);

        assertThat(gate.enter(Priority.URGENT, LONG))
                .isInstanceOfSatisfying(Entry.Full.class, full -> assertThat(full.again())
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)));
        assertThat(gate.full()).isEqualTo(1);
        holder.answered();
        pass(waiting.join()).answered();
    }

    @Test
    void back_whenItIsGivenBackTwice_countsOnce() {
        BackEndGate gate = gate(2, 1);
        BackEndGate.Pass pass = pass(gate.enter(Priority.NORMAL, LONG));
        pass.answered();
        pass.ignored();

        assertThat(gate.underWay()).isZero();
    }

    @Test
    void back_whenTheLimitHasGrown_letsSeveralIn() {
        SettableLimit limit = SettableLimit.startingAt(1);
        BackEndGate gate = new BackEndGate(limit, 10, System::nanoTime);
        BackEndGate.Pass holder = pass(gate.enter(Priority.NORMAL, LONG));
        CompletableFuture<Entry> one = enter(gate, Priority.NORMAL, LONG);
        CompletableFuture<Entry> other = enter(gate, Priority.NORMAL, LONG);

        limit.setLimit(2);
        holder.answered();

        assertThat(List.of(one.join(), other.join())).allMatch(Entry.Admitted.class::isInstance);
    }

    /** A back-end that slows down when more than it bears is asked at once is soon asked less, and later more again. */
    @Test
    void gate_whenTheBackEndSlowsDown_asksLessAtOnceAndThenMoreAgain() {
        AtomicLong now = new AtomicLong();
        ServiceId service = ServiceId.parse("JO/GOV/CSPD/registry/person-record/v1");
        BackEndGate gate =
                new BackEndGates(Set.of(service), any -> new GateSettings(2, 24, 24, 10), now::get).gate(service);

        rounds(gate, now, 400, Duration.ofMillis(10));
        int fast = gate.limit();
        rounds(gate, now, 60, Duration.ofMillis(400));
        int slow = gate.limit();
        rounds(gate, now, 2_000, Duration.ofMillis(10));

        assertThat(fast).isGreaterThanOrEqualTo(20);
        assertThat(slow).isLessThan(fast / 2);
        assertThat(gate.limit()).isGreaterThan(slow);
    }

    /** As many at once as may be, each taking so long. */
    private static void rounds(BackEndGate gate, AtomicLong now, int rounds, Duration each) {
        for (int i = 0; i < rounds; i++) {
            List<BackEndGate.Pass> passes = new CopyOnWriteArrayList<>();
            while (gate.underWay() < gate.limit()) {
                passes.add(pass(gate.enter(Priority.NORMAL, LONG)));
            }
            now.addAndGet(each.toNanos());
            passes.forEach(BackEndGate.Pass::answered);
        }
    }
}
