package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.FaultCode;

/** Somebody at the broker deals the replies of a thousand concurrent requests anew. */
class ReplySwapTest {

    private static final int REQUESTS = 1_000;

    @Test
    void submit_whenRepliesAreSwappedAmongAThousand_eachGetsItsOwnOrACodedRefusal(@TempDir Path directory)
            throws Exception {
        try (TestNode node = new TestNode(directory, settings())) {
            node.federation.agreements(List.of(
                    TestFederation.agreement(TestFederation.WEB, TestFederation.LIFE_STATUS, List.of("lifeStatus"))));
            List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
            int swapped;
            try (ReplySwapper swapper = new ReplySwapper(node)) {
                for (int i = 0; i < REQUESTS; i++) {
                    results.add(node.exchange()
                            .client()
                            .submit(TestNode.request(
                                    UUID.randomUUID(), TestFederation.LIFE_STATUS, number(i), Duration.ofMinutes(2))));
                }
                for (CompletableFuture<ExchangeResult> result : results) {
                    result.get(3, TimeUnit.MINUTES);
                }
                swapped = swapper.swapped();
            }

            int answered = 0;
            for (int i = 0; i < REQUESTS; i++) {
                if (results.get(i).join() instanceof ExchangeResult.Answered own) {
                    String payload = new String(own.reply().payload(), StandardCharsets.UTF_8);
                    assertThat(payload).contains(">" + number(i) + "<");
                    assertThat(own.reply().header().inReplyTo())
                            .isEqualTo(own.request().asInReplyTo());
                    answered++;
                }
            }
            Set<String> codes = new HashSet<>(node.refusals());
            System.out.println(swapped + " replies swapped, " + answered + " answered, refused by " + codes);
            assertThat(swapped).as("replies that the attacker got hold of").isGreaterThan(100);
            assertThat(answered).isEqualTo(REQUESTS);
            assertThat(codes)
                    .contains(
                            FaultCode.SIGNATURE_PAYLOAD_ALTERED.wireCode(),
                            FaultCode.CERTIFICATE_OTHER_MEMBER.wireCode());
            assertThat(node.connector.reads()).isEqualTo(REQUESTS);
        }
    }

    /** With few consumers of replies, so that the attacker gets its share. */
    private static ExchangeSettings settings() {
        ExchangeSettings usual = ExchangeSettings.of(TestFederation.NODE);
        return new ExchangeSettings(
                usual.nodeId(),
                usual.inFlightMax(),
                usual.senderThreads(),
                usual.requestConsumers(),
                2,
                usual.clockSkew(),
                usual.timeoutMax(),
                usual.grace(),
                usual.logTimeout(),
                usual.maxContainerBytes());
    }

    private static String number(int index) {
        return String.format("999%07d", index);
    }
}
