package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.attack.Mutator.Kind;

/**
 * Random mutants of genuine containers. The seed is printed; {@code -Dwasl.attack.seed=} runs another, and
 * {@code -Dwasl.attack.mutants=} more of them.
 */
class MutationTest {

    private static final long SEED = Long.getLong("wasl.attack.seed", 20261121L);
    private static final int MUTANTS_OF_A_KIND = Integer.getInteger("wasl.attack.mutants", 1_500);
    private static final Frozen FROZEN = new Frozen();
    private static final Probe PROBE = new Probe();

    @Test
    void send_whenNotMutated_reachesBusinessCode() {
        assertThat(PROBE.send(FROZEN.attempt(FROZEN.genuine()))).isInstanceOf(Probe.Outcome.Reached.class);
        assertThat(PROBE.send(FROZEN.attempt(FROZEN.another().write()))).isInstanceOf(Probe.Outcome.Reached.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void send_whenMutatedAtRandom_isRefusedAndNeverFails(Kind kind) {
        byte[] genuine = FROZEN.genuine();
        RawZip other = FROZEN.another();
        List<String> survivors = new ArrayList<>();
        Map<FaultCode, Integer> codes = new EnumMap<>(FaultCode.class);
        int unchanged = 0;
        for (int i = 0; i < MUTANTS_OF_A_KIND; i++) {
            long seed = SEED + i;
            byte[] mutant = new Mutator(seed, genuine, other).mutate(kind);
            if (Arrays.equals(mutant, genuine)) {
                unchanged++;
                continue;
            }
            Probe.Outcome outcome = PROBE.send(FROZEN.attempt(mutant));
            if (outcome instanceof Probe.Outcome.Refused refused) {
                codes.merge(refused.code(), 1, Integer::sum);
            } else {
                survivors.add(kind + " with the seed " + seed);
            }
        }
        System.out.println(kind + ", seeds from " + SEED + ": " + codes + ", " + unchanged + " unchanged");
        assertThat(survivors).isEmpty();
        assertThat(unchanged).isLessThan(MUTANTS_OF_A_KIND / 6);
    }
}
