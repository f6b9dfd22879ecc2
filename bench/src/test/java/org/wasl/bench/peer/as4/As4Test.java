package org.wasl.bench.peer.as4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.bench.peer.message.Calls;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;

class As4Test {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void call_whenStarted_storesMessageAndReceiptOnBothSides(Variant variant) throws Exception {
        try (As4 as4 = new As4(variant)) {
            Calls.twenty(as4, directory);

            assertThat(as4.senderTable().count()).isEqualTo(2 * Calls.CALLS);
            assertThat(as4.receiverTable().octets(StoredMessage.RECEIVED))
                    .containsExactlyInAnyOrderElementsOf(as4.senderTable().octets(StoredMessage.SENT))
                    .allSatisfy(message -> assertThat(new String(message, StandardCharsets.UTF_8))
                            .contains("ecdsa-sha256", "openCount"));
            assertThat(as4.senderTable().octets(StoredMessage.RECEIVED))
                    .containsExactlyInAnyOrderElementsOf(as4.receiverTable().octets(StoredMessage.SENT))
                    .allSatisfy(receipt -> assertThat(new String(receipt, StandardCharsets.UTF_8))
                            .contains("NonRepudiationInformation", "ecdsa-sha256"));
        }
    }

    @Test
    void call_whenTheMessageWasAltered_isRefusedAndNotStoredByItsReceiver() throws Exception {
        try (As4 as4 = new As4(Variant.TUNED, altering("50.000", "60.000"), Wire.CLEAN)) {
            as4.start(directory);

            assertThatThrownBy(() -> as4.call(1).toCompletableFuture().get()).isInstanceOf(ExecutionException.class);
            assertThat(as4.receiverTable().count()).isZero();
        }
    }

    @Test
    void call_whenTheReceiptWasAltered_fails() throws Exception {
        try (As4 as4 = new As4(Variant.TUNED, Wire.CLEAN, altering("RefToMessageId>", "RefToMessageId> "))) {
            as4.start(directory);

            assertThatThrownBy(() -> as4.call(1).toCompletableFuture().get()).isInstanceOf(ExecutionException.class);
            assertThat(as4.senderTable().octets(StoredMessage.RECEIVED)).isEmpty();
        }
    }

    private static Wire altering(String text, String into) {
        return octets ->
                new String(octets, StandardCharsets.UTF_8).replace(text, into).getBytes(StandardCharsets.UTF_8);
    }
}
