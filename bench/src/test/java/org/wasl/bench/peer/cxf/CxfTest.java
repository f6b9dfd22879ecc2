package org.wasl.bench.peer.cxf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.bench.peer.message.Calls;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;

class CxfTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void call_whenStarted_storesBothMessagesOnBothSides(Variant variant) throws Exception {
        try (Cxf cxf = new Cxf(variant)) {
            Calls.twenty(cxf, directory);

            assertThat(cxf.consumerTable().count()).isEqualTo(2 * Calls.CALLS);
            assertThat(cxf.providerTable().count()).isEqualTo(2 * Calls.CALLS);
            assertThat(cxf.consumerTable().octets(StoredMessage.RECEIVED))
                    .containsExactlyInAnyOrderElementsOf(cxf.providerTable().octets(StoredMessage.SENT))
                    .allSatisfy(reply -> assertThat(new String(reply, StandardCharsets.UTF_8))
                            .contains("ecdsa-sha256", "#TS-", "openCount"));
        }
    }

    @Test
    void call_whenTheRequestWasAltered_isRefusedAndNotStoredByTheProvider() throws Exception {
        try (Cxf cxf = new Cxf(Variant.TUNED, altering("9901012345", "9901012346"), Wire.CLEAN)) {
            cxf.start(directory);

            assertThatThrownBy(() -> cxf.call(1).toCompletableFuture().get()).hasStackTraceContaining("SOAPFault");
            assertThat(cxf.providerTable().count()).isZero();
        }
    }

    @Test
    void call_whenTheReplyWasAltered_fails() throws Exception {
        try (Cxf cxf = new Cxf(Variant.TUNED, Wire.CLEAN, altering("50.000", "60.000"))) {
            cxf.start(directory);

            assertThatThrownBy(() -> cxf.call(1).toCompletableFuture().get()).hasStackTraceContaining("WSSecurity");
            assertThat(cxf.consumerTable().octets(StoredMessage.RECEIVED)).isEmpty();
        }
    }

    private static Wire altering(String text, String into) {
        return octets ->
                new String(octets, StandardCharsets.UTF_8).replace(text, into).getBytes(StandardCharsets.UTF_8);
    }
}
