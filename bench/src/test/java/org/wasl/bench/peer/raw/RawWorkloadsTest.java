package org.wasl.bench.peer.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.Peer;
import org.wasl.bench.peer.Peers;
import org.wasl.bench.peer.message.Calls;
import org.wasl.bench.peer.message.Cryptography;
import org.wasl.bench.peer.message.Payloads;

class RawWorkloadsTest {

    @TempDir
    private Path directory;

    static Stream<Peer> limits() {
        return Peers.all().stream().filter(peer -> peer.name().startsWith("raw-"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void call_whenStarted_completes(Peer limit) throws Exception {
        try (Workload workload = limit.factory().get()) {
            assertThat(workload.name()).isEqualTo(limit.name());
            assertThat(workload.settings()).isNotEmpty();
            Calls.twenty(workload, directory);
        }
    }

    @Test
    void verify_whenOneOctetWasAltered_fails() throws Exception {
        byte[] altered = Payloads.record();
        altered[altered.length / 2] ^= 1;
        try (RawVerify workload = new RawVerify(Cryptography.NATIVE)) {
            workload.start(directory);

            assertThatThrownBy(
                            () -> workload.verify(altered).toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void sync_whenCalled_hasWrittenItsRecord() throws Exception {
        try (RawSync workload = new RawSync(1)) {
            workload.start(directory);
            workload.call(0).toCompletableFuture().get();

            assertThat(Files.readAllBytes(directory.resolve("records"))).startsWith((byte) 'w');
        }
    }
}
