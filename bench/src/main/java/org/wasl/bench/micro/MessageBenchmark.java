package org.wasl.bench.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.AsicContainerVerifier.Way;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Reliance;
import org.wasl.security.release.Cut;
import org.wasl.security.release.FieldRelease;

/** The steps that a message of 2 KB goes through on either side, each by itself, beside the raw signature. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MessageBenchmark {

    private static final List<String> RELEASED = List.of(
            "person/identifier", "person/name", "person/sex", "person/birth", "person/status", "person/address");

    private @Nullable State held;

    /** What the benchmarks share. */
    private record State(
            MessageFixture parts,
            AsicContainerVerifier verifier,
            AsicContainerVerifier fullVerifier,
            PayloadXml payloads,
            AccessPolicy policy,
            AccessRequest question,
            Header header,
            byte[] payload,
            byte[] rawValue) {}

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        MessageFixture parts = new MessageFixture();
        byte[] payload = parts.record();
        held = new State(
                parts,
                new AsicContainerVerifier(parts.schemas, parts.path),
                new AsicContainerVerifier(parts.schemas, parts.path, ContainerLimits.standard(), Way.FULL),
                new PayloadXml(parts.schemas),
                new RegistryAccessPolicy(Clock.systemUTC()),
                question(),
                parts.header(MessageKind.REPLY, parts.request.asInReplyTo()),
                payload,
                parts.cspd.sign(payload));
    }

    /** An agency's own system asks within a case. */
    private static AccessRequest question() {
        return new AccessRequest(
                SubsystemId.parse("JO/GOV/MOJ/case-system"),
                MessageFixture.PERSON,
                "COURT_CASE",
                "JO-LAW-9-2001",
                new Actor(ActorKind.SYSTEM, AssuranceLevel.LOW, "bench", null),
                null,
                "case-1",
                Map.of("nationalNumber", MessageFixture.SUBJECT),
                null,
                Instant.now());
    }

    @TearDown
    public void close() {
        state().parts.close();
    }

    private State state() {
        return Objects.requireNonNull(held);
    }

    @Benchmark
    public byte[] signRaw() {
        return state().parts.cspd.sign(state().payload);
    }

    @Benchmark
    public boolean verifyRaw() throws GeneralSecurityException {
        Signature signature = CryptoProvider.chosen().signature(SignatureMethod.ECDSA_P256_SHA256.jcaName());
        signature.initVerify(state().parts.cspd.certificate().getPublicKey());
        signature.update(state().payload);
        return signature.verify(state().rawValue);
    }

    @Benchmark
    public Container sign() {
        return state().parts.signer.sign(state().header, state().payload, state().parts.cspd);
    }

    @Benchmark
    public ContainerVerdict verify() {
        return verify(state().verifier);
    }

    @Benchmark
    public ContainerVerdict verifyInFull() {
        return verify(state().fullVerifier);
    }

    private ContainerVerdict verify(AsicContainerVerifier verifier) {
        ContainerVerdict verdict =
                verifier.verify(state().parts.reply.octets(), state().parts.registry(), Instant.now());
        if (verdict instanceof ContainerVerdict.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return verdict;
    }

    @Benchmark
    public OpenResult openWithoutVerifying() {
        return state().verifier.open(state().parts.reply.octets());
    }

    @Benchmark
    public byte[] writeRecordPayload() {
        return state().parts.record();
    }

    @Benchmark
    public PayloadContent readQuery() {
        return read(state().parts.request);
    }

    @Benchmark
    public PayloadContent readRecord() {
        return read(state().parts.reply);
    }

    @Benchmark
    public PayloadContent readFault() {
        return read(state().parts.fault);
    }

    private PayloadContent read(Container container) {
        PayloadContent content = state().payloads.read(container);
        if (content instanceof PayloadContent.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return content;
    }

    @Benchmark
    public SchemaVerdict validateRecord() {
        SchemaVerdict verdict = state().parts.schemas.validate(state().parts.person);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            throw new IllegalStateException(invalid.summary());
        }
        return verdict;
    }

    @Benchmark
    public Cut releaseFields() {
        return FieldRelease.cut(state().parts.person, RELEASED);
    }

    @Benchmark
    public AccessDecision authorise() {
        AccessDecision decision =
                state().policy.decide(state().question, state().parts.registry(), false);
        if (decision instanceof AccessDecision.Denied denied) {
            throw new IllegalStateException(denied.fault().toString());
        }
        return decision;
    }

    @Benchmark
    public Reliance relyOnCertificate() {
        Reliance reliance = state().parts
                .path
                .reliance(
                        state().parts.registry(),
                        MessageFixture.PERSON.member(),
                        CertificateUse.MESSAGE,
                        state().parts.cspd.certificate(),
                        Instant.now());
        if (reliance instanceof Reliance.Refused refused) {
            throw new IllegalStateException(refused.fault().toString());
        }
        return reliance;
    }
}
