package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.FaultCode;

/** More than the node takes is told to come again, and is let in once there is room. */
class OverloadTest {

    private static final String PERSON = "/r1/JO/GOV/CSPD/registry/person-record?nationalNumber=9990045842";
    private static final String[] COURT = {
        "X-Road-Client", "JO/GOV/MOJ/case-system", "Wasl-Purpose", "COURT_CASE", "Wasl-Legal-Basis", "JO-LAW-9-2001"
    };

    @TempDir
    Path root;

    @Test
    void request_whenAllPlacesAreTaken_isTurnedAwayUntilOneIsFree() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (EdgeHarness edges = new EdgeHarness(root, "--wasl.edge.concurrent-requests=1")) {
            edges.exchange.answer = request -> {
                await(release);
                return EdgeHarness.faulted(FaultCode.RECORD_NOT_FOUND);
            };
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(edges));
            Awaitility.await().until(() -> !edges.exchange.asked.isEmpty());

            HttpResponse<String> turnedAway = edges.agency("GET", PERSON, "", COURT);
            assertThat(turnedAway.statusCode()).isEqualTo(429);
            assertThat(turnedAway.body()).contains("wasl.node.overloaded").contains("\"retryable\":true");
            assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();

            release.countDown();
            assertThat(first.join()).isEqualTo(404);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> status(edges) == 404);
        }
    }

    private static int status(EdgeHarness edges) {
        try {
            return edges.agency("GET", PERSON, "", COURT).statusCode();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
