package org.wasl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** That figures come about; how large they are is no matter of a test. */
class LoadRunTest {

    @Test
    void measure_ofAClosedLoop_countsAndMeters() throws InterruptedException {
        LoadRun run = new LoadRun(new NothingWorkload(), Advance.UNSEEN);
        WarmUp warmUp = run.warmUp(1, 0.01, 5);
        Measured measured = run.measure(Scenario.closed("two", 2, 0, 0.05));
        assertThat(warmUp.operations()).isPositive();
        assertThat(warmUp.failed()).isZero();
        assertThat(measured.operations()).isPositive();
        assertThat(measured.perSecond()).isPositive();
        assertThat(measured.cpuMicrosecondsPerOperation()).isNotNegative();
        assertThat(measured.unanswered()).isZero();
        assertThat(measured.latency().p50Milliseconds()).isNotNull();
    }

    @Test
    void measure_ofAnOpenLoop_sendsWhatArrives() throws InterruptedException {
        LoadRun run = new LoadRun(new NothingWorkload(), Advance.UNSEEN);
        Measured measured = run.measure(Scenario.open("rate", 1_000, 2, 1_000, 0, 0.05));
        assertThat(measured.operations() + measured.notSent()).isEqualTo(50);
    }

    @Test
    void measure_whenEverythingIsRefused_hidesNothing() throws InterruptedException {
        Workload refusing = new Workload() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public void start(Path directory) {}

            @Override
            public CompletionStage<?> call(long number) {
                return CompletableFuture.failedStage(new IllegalStateException("refused"));
            }

            @Override
            public Map<String, String> settings() {
                return Map.of();
            }

            @Override
            public void close() {}
        };
        Measured measured = new LoadRun(refusing, Advance.UNSEEN).measure(Scenario.closed("one", 1, 0, 0.05));
        assertThat(measured.operations()).isZero();
        assertThat(measured.unanswered()).isPositive();
        assertThat(measured.failures()).containsKey("IllegalStateException: refused");
        assertThat(measured.latency().p50Milliseconds()).isNull();
    }
}
