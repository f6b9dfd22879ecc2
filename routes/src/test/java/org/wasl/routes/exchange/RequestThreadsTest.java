package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;

class RequestThreadsTest {

    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    private static final MemberId DVLD = MemberId.parse("JO/GOV/DVLD");

    private static Set<ServiceId> services(MemberId member, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> member.subsystem("registry").service("service-" + i, 1))
                .collect(Collectors.toSet());
    }

    @Test
    void each_whenAMemberHasFewServices_isWhatOneServiceMayHave() {
        assertThat(new RequestThreads(services(CSPD, 3), 32).each(CSPD)).isEqualTo(32);
    }

    /** Seven services and the reader of what has no label: 128 threads among eight. */
    @Test
    void each_whenAMemberHasMany_dividesWhatFourServicesMayHave() {
        assertThat(new RequestThreads(services(CSPD, 7), 32).each(CSPD)).isEqualTo(16);
    }

    @Test
    void each_whenAMemberHasMoreServicesThanThreads_isOne() {
        assertThat(new RequestThreads(services(CSPD, 500), 32).each(CSPD)).isEqualTo(1);
    }

    /** Each queue has a reader of what has no label. */
    @Test
    void each_whenServicesAreInSeveralSubsystems_countsTheirQueues() {
        Set<ServiceId> services = Stream.of("a", "b", "c", "d")
                .map(subsystem -> CSPD.subsystem(subsystem).service("record", 1))
                .collect(Collectors.toSet());

        assertThat(new RequestThreads(services, 32).each(CSPD)).isEqualTo(16);
    }

    /** Sessions are a member's. */
    @Test
    void each_whenAnotherMemberHasMany_isNoneOfItsBusiness() {
        Set<ServiceId> all = Stream.concat(services(CSPD, 100).stream(), services(DVLD, 2).stream())
                .collect(Collectors.toSet());

        assertThat(new RequestThreads(all, 32).each(DVLD)).isEqualTo(32);
        assertThat(new RequestThreads(all, 32).each(CSPD)).isEqualTo(1);
    }

    @Test
    void each_whenTheMemberAnswersNothing_isAMistake() {
        RequestThreads threads = new RequestThreads(services(CSPD, 1), 32);

        assertThatThrownBy(() -> threads.each(DVLD)).isInstanceOf(IllegalArgumentException.class);
    }
}
