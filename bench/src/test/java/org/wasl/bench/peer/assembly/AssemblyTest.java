package org.wasl.bench.peer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.bench.peer.message.Calls;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Variant;

class AssemblyTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void call_whenStarted_storesWhatEachSideReceived(Variant variant) throws Exception {
        try (Assembly assembly = new Assembly(variant)) {
            Calls.twenty(assembly, directory);

            assertThat(assembly.providerTable().count()).isEqualTo(Calls.CALLS);
            assertThat(assembly.consumerTable().octets(StoredMessage.RECEIVED))
                    .hasSize(Calls.CALLS)
                    .allSatisfy(message -> assertThat(new String(message, StandardCharsets.UTF_8))
                            .contains("Signature", "openCount"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void call_whenTheRequestWasAltered_isRefusedAndStoresNothing(Variant variant) throws Exception {
        try (Assembly assembly = new Assembly(variant, AssemblyTest::altered)) {
            assembly.start(directory);

            assertThatThrownBy(() -> assembly.call(1).toCompletableFuture().get())
                    .hasStackTraceContaining("XmlSignature");
            assertThat(assembly.providerTable().count()).isZero();
        }
    }

    private static byte[] altered(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8)
                .replace("9901012345", "9901012346")
                .getBytes(StandardCharsets.UTF_8);
    }
}
