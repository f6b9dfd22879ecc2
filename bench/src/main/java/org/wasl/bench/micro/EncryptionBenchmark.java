package org.wasl.bench.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.PlainPayload;
import org.wasl.security.container.Sealing;

/** What confidentiality adds to a message with a 2 KB payload: encrypting to its two parties, and reading it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EncryptionBenchmark {

    private @Nullable BenchFixture fixture;
    private @Nullable PayloadSealer sealer;
    private @Nullable PayloadOpener opener;
    private @Nullable Container container;

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        fixture = new BenchFixture();
        sealer = new PayloadSealer(fixture.path);
        opener = new PayloadOpener(fixture.keys);
        Sealing.Sealed sealed = (Sealing.Sealed) seal();
        container = fixture.signer.sign(sealed.header(), sealed.payload(), fixture.key);
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(fixture).close();
    }

    /** Header, choice of certificates, encryption to two members. */
    @Benchmark
    public Sealing seal() {
        BenchFixture from = Objects.requireNonNull(fixture);
        return Objects.requireNonNull(sealer).seal(from.header(), from.payload, from.registry(), Instant.now());
    }

    /** Decryption by one of them, and the comparison with the header. */
    @Benchmark
    public PlainPayload unseal() {
        PlainPayload opened = Objects.requireNonNull(opener).open(Objects.requireNonNull(container));
        if (opened instanceof PlainPayload.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return opened;
    }
}
