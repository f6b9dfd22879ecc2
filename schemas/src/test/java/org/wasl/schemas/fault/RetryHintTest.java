package org.wasl.schemas.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryHintTest {

    private static Fault fault(String detail) {
        return new Fault(FaultCode.OVERLOADED, Stage.CONNECTOR, "JO/GOV/CSPD", detail);
    }

    @Test
    void of_whenTheDetailSaysWhen_isRoundedUpToSeconds() {
        String detail = RetryHint.with("too many wait", Duration.ofMillis(1_200));

        assertThat(detail).isEqualTo("too many wait; again in 2 s");
        assertThat(RetryHint.of(fault(detail))).contains(Duration.ofSeconds(2));
    }

    @Test
    void with_whenThereIsNothingToWaitFor_isASecond() {
        assertThat(RetryHint.of(fault(RetryHint.with("full", Duration.ZERO)))).contains(Duration.ofSeconds(1));
    }

    @Test
    void of_whenTheDetailSaysNothing_isEmpty() {
        assertThat(RetryHint.of(fault("too many wait"))).isEmpty();
        assertThat(RetryHint.of(fault("again in 0 s"))).isEmpty();
    }
}
