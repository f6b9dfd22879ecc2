package org.wasl.bench.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;

/** Deciding and verifying by a registry of a village and of a country, and reading such a registry. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class RegistryBenchmark {

    /** Members beside those of the samples. */
    @Param({"5", "500", "5000"})
    public int members;

    /** Agreements beside those of the samples. */
    @Param({"10", "1000", "100000"})
    public int agreements;

    private @Nullable MessageFixture parts;
    private @Nullable Registry registry;
    private @Nullable AsicContainerVerifier verifier;
    private @Nullable AccessPolicy policy;
    private byte[] written = {};
    private int asked;

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        MessageFixture fixture = new MessageFixture();
        parts = fixture;
        registry = LargeRegistry.of(fixture.registry(), members, agreements);
        written = RegistryXml.write(registry);
        verifier = new AsicContainerVerifier(fixture.schemas, fixture.path);
        policy = new RegistryAccessPolicy(Clock.systemUTC());
        System.out.println("registry.xml has " + written.length + " octets");
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(parts).close();
    }

    /** Another of the agreements each time. */
    @Benchmark
    public AccessDecision authorise() {
        asked = (asked + 7_919) % agreements;
        AccessRequest question = new AccessRequest(
                LargeRegistry.consumer(asked, members),
                LargeRegistry.service(asked, members),
                "COURT_CASE",
                "JO-LAW-9-2001",
                new Actor(ActorKind.SYSTEM, AssuranceLevel.LOW, "bench", null),
                null,
                null,
                Map.of(),
                null,
                Instant.now());
        AccessDecision decision = Objects.requireNonNull(policy).decide(question, registry(), true);
        if (decision instanceof AccessDecision.Denied denied) {
            throw new IllegalStateException(denied.fault().toString());
        }
        return decision;
    }

    @Benchmark
    public ContainerVerdict verify() {
        byte[] reply = Objects.requireNonNull(parts).reply.octets();
        ContainerVerdict verdict = Objects.requireNonNull(verifier).verify(reply, registry(), Instant.now());
        if (verdict instanceof ContainerVerdict.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return verdict;
    }

    /** What a new version costs each node. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public RegistryReading read() {
        RegistryReading reading = new RegistryXml(Objects.requireNonNull(parts).schemas).read(written);
        if (reading instanceof RegistryReading.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return reading;
    }

    private Registry registry() {
        return Objects.requireNonNull(registry);
    }
}
