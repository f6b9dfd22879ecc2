package org.wasl.node.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.RetryHint;
import org.wasl.schemas.identifier.SubsystemId;

class CallerRatesTest {

    private static final SubsystemId LICENSING = SubsystemId.parse("JO/GOV/DVLD/licensing");
    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");

    private final CallerRates rates =
            new CallerRates(2, 1, Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC));

    @Test
    void count_whenASystemAsksTooOften_isRefusedAndToldWhenToComeAgain() {
        rates.count(LICENSING);
        rates.count(LICENSING);

        assertThatThrownBy(() -> rates.count(LICENSING)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.fault().code()).isEqualTo(FaultCode.QUOTA);
            assertThat(RetryHint.of(refused.fault()))
                    .hasValueSatisfying(wait -> assertThat(wait.toSeconds()).isBetween(1L, 120L));
        });
        assertThatCode(() -> rates.count(WEB)).doesNotThrowAnyException();
    }

    @Test
    void count_whenAPersonAsksTooOften_isRefusedAndNobodyElse() {
        rates.count("person-1");

        assertThatThrownBy(() -> rates.count("person-1")).isInstanceOf(RefusedException.class);
        assertThatCode(() -> rates.count("person-2")).doesNotThrowAnyException();
    }
}
