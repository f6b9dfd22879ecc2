package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;

/** Each attack is refused, at its gate, with its one code, and cheaply; nothing reaches business code. */
class AttackCorpusTest {

    private static final long MAX_NANOS = 100_000_000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final int MEASUREMENTS = 3;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Ground GROUND = Ground.shared();
    private static final Probe PROBE = new Probe();

    static Stream<Attack> attacks() {
        return AttackCorpus.all().stream();
    }

    @Test
    void send_whenGenuine_reachesBusinessCode() {
        assertThat(PROBE.send(GROUND.attempt(GROUND.genuine()))).isInstanceOf(Probe.Outcome.Reached.class);
    }

    @Test
    void send_whenSignedBeforeTheCompromise_reachesBusinessCode() {
        Instant now = GROUND.world().now;
        Attempt compromised = GROUND.attempt(
                GROUND.genuine(),
                new RegisteredCertificate(
                        CertificateUse.MESSAGE,
                        GROUND.portalKey().certificate(),
                        now.minusSeconds(60),
                        now.plusSeconds(60),
                        now));
        assertThat(PROBE.send(compromised)).isInstanceOf(Probe.Outcome.Refused.class);
        assertThat(PROBE.send(new Attempt(compromised.octets(), compromised.registry(), now.minusMillis(1))))
                .isInstanceOf(Probe.Outcome.Reached.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void send_whenAttacked_isRefusedWithItsCodeAndCheaply(Attack attack) {
        Attempt attempt = attack.make().apply(GROUND);
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS && (i == 0 || nanos > MAX_NANOS / 4 || bytes > MAX_BYTES); i++) {
            long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
            long nanosBefore = THREADS.getCurrentThreadCpuTime();
            Probe.Outcome outcome = PROBE.send(attempt);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - nanosBefore);
            // What is loaded once, such as a schema, is no attack's doing: the best counts here, too.
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);

            assertThat(outcome).isInstanceOf(Probe.Outcome.Refused.class);
            Probe.Outcome.Refused refused = (Probe.Outcome.Refused) outcome;
            assertThat(refused.code()).as(refused.toString()).isEqualTo(attack.code());
            assertThat(refused.gate()).as(refused.toString()).isEqualTo(attack.gate());
            assertThat(refused.claimed() || refused.gate() == Attack.Gate.OPENING)
                    .as("whoever got as far as verifying is named")
                    .isTrue();
            if (nanos > MAX_NANOS / 10 || bytes > MAX_BYTES / 10) {
                System.out.println(attack + ": " + nanos / 1_000 + " µs, " + bytes / 1024 + " KiB");
            }
        }
        assertThat(bytes).as("octets allocated, best of three").isLessThanOrEqualTo(MAX_BYTES);
        assertThat(nanos).as("nanoseconds of processor time, best of three").isLessThanOrEqualTo(MAX_NANOS);
    }

    @Test
    void all_whenCounted_coversEveryCategoryUnderDistinctNamesAndManyCodes() {
        List<Attack> all = AttackCorpus.all();
        Set<String> names = new HashSet<>();
        Map<Category, Set<FaultCode>> codes = new EnumMap<>(Category.class);
        for (Attack attack : all) {
            assertThat(names.add(attack.toString())).as(attack.toString()).isTrue();
            codes.computeIfAbsent(attack.category(), c -> EnumSet.noneOf(FaultCode.class))
                    .add(attack.code());
        }
        assertThat(codes.keySet()).containsExactlyInAnyOrder(Category.values());
        Set<FaultCode> distinct = EnumSet.noneOf(FaultCode.class);
        codes.values().forEach(distinct::addAll);
        assertThat(distinct).hasSizeGreaterThanOrEqualTo(30);
    }
}
