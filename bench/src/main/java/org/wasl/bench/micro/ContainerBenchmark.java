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
import org.wasl.bench.exchange.SlowKeys;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.Registry;

/** Signing and verifying a container with a 2 KB payload, beside the raw signature that neither can do without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ContainerBenchmark {

    private @Nullable BenchFixture fixture;
    private @Nullable SlowKeys slow;
    private @Nullable SigningKey shortTermKey;
    private @Nullable Registry granted;
    private byte[] octets = {};
    private byte[] byShortTermKey = {};

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        BenchFixture opened = new BenchFixture();
        fixture = opened;
        octets = signContainer().octets();
        SlowKeys keys = opened.slowKeys();
        slow = keys;
        Registry both = opened.granted(keys);
        granted = both;
        shortTermKey = keys.keys(() -> both, opened.sender())
                .messageKey(opened.sender())
                .orElseThrow();
        byShortTermKey = signByShortTermKey().octets();
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(slow).close();
        fixture().close();
    }

    private BenchFixture fixture() {
        return Objects.requireNonNull(fixture);
    }

    @Benchmark
    public byte[] signRaw() {
        return fixture().key.sign(fixture().payload);
    }

    @Benchmark
    public Container signContainer() {
        return fixture().signer.sign(fixture().header(), fixture().payload, fixture().key);
    }

    @Benchmark
    public Container signByShortTermKey() {
        return fixture().signer.sign(fixture().header(), fixture().payload, Objects.requireNonNull(shortTermKey));
    }

    @Benchmark
    public ContainerVerdict verifyContainer() {
        return genuine(octets, fixture().registry());
    }

    @Benchmark
    public ContainerVerdict verifyByShortTermKey() {
        return genuine(byShortTermKey, Objects.requireNonNull(granted));
    }

    private ContainerVerdict genuine(byte[] container, Registry registry) {
        ContainerVerdict verdict = fixture().verifier.verify(container, registry, Instant.now());
        if (verdict instanceof ContainerVerdict.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return verdict;
    }
}
