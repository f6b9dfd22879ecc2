package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochTest {

    @Test
    void next_ofTheFirstEpoch_isNumberedTwo_andThenCountsOn() {
        assertThat(Epoch.next("JO/GOV/CSPD")).isEqualTo("JO/GOV/CSPD/2");
        assertThat(Epoch.next("JO/GOV/CSPD/2")).isEqualTo("JO/GOV/CSPD/3");
        assertThat(Epoch.next("JO/GOV/CSPD/cspd-2")).isEqualTo("JO/GOV/CSPD/cspd-2/2");
        assertThat(Epoch.next("JO/GOV/CSPD/cspd-2/9")).isEqualTo("JO/GOV/CSPD/cspd-2/10");
    }
}
