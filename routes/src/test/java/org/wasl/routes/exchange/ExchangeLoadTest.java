package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ExchangeLoadTest {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeLoadTest.class);
    private static final int REQUESTS = 1_000;

    @Test
    void submit_whenThousandAtOnce_eachGetsItsOwnReply(@TempDir Path directory) {
        try (TestNode node = new TestNode(directory)) {
            node.federation.agreements(List.of(
                    TestFederation.agreement(TestFederation.WEB, TestFederation.LIFE_STATUS, List.of("lifeStatus"))));
            round(node, 200);
            long start = System.nanoTime();
            long cpu = cpuNanos();

            round(node, REQUESTS);

            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMillis = (cpuNanos() - cpu) / 1e6 / REQUESTS;
            // On a busy machine the processor time says more than the rate.
            LOG.warn(
                    "{} exchanges at once: {} a second, {} ms of processor time each",
                    REQUESTS,
                    Math.round(REQUESTS / seconds),
                    Math.round(cpuMillis * 100) / 100.0);
            assertThat(node.connector.reads()).isEqualTo(REQUESTS + 200);
            assertThat(node.leaves()).hasSize(4 * (REQUESTS + 200));
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static void round(TestNode node, int requests) {
        List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            results.add(node.exchange()
                    .client()
                    .submit(TestNode.request(
                            UUID.randomUUID(), TestFederation.LIFE_STATUS, number(i), Duration.ofMinutes(2))));
        }
        for (int i = 0; i < requests; i++) {
            ExchangeResult.Answered answered =
                    (ExchangeResult.Answered) results.get(i).join();
            assertThat(new String(answered.reply().payload(), StandardCharsets.UTF_8))
                    .contains(">" + number(i) + "<");
        }
    }

    private static String number(int index) {
        return String.format("999%07d", index);
    }
}
