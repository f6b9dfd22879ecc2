package org.wasl.messagelog.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.agreement.QuotaCounter;
import org.wasl.security.registry.Quota;

/** What every site promises to a node that is alone in it. */
abstract class AbstractSiteContractTest {

    static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    /** The site, as this test's one node sees it. */
    abstract Site site();

    static Claim claim(UUID id) {
        return new Claim(Claim.Side.ANSWERS, CSPD, WEB, id, UUID.nameUUIDFromBytes(new byte[] {1}), NOW);
    }

    static <T> EndSought<T> nothing() {
        return log -> Optional.empty();
    }

    @Test
    void claim_whenItIsNew_isGranted() {
        assertThat(site().claim(claim(UUID.randomUUID()), nothing()))
                .isEqualTo(new ClaimResult.Granted<>(Optional.empty()));
    }

    @Test
    void claim_whenItIsThisNodesAlready_isGrantedAgain() {
        Claim claim = claim(UUID.randomUUID());
        site().claim(claim, nothing());

        assertThat(site().claim(claim, nothing())).isInstanceOf(ClaimResult.Granted.class);
    }

    @Test
    void siblings_whenThereIsOneNode_areNone() {
        assertThat(site().siblings()).isEmpty();
        assertThat(site().log("nobody")).isEmpty();
        assertThat(site().handed(10, message -> true)).isZero();
    }

    @Test
    void take_whenTheQuotaIsUsedUp_isRefusedUntilTheMinuteHasPassed() {
        QuotaCounter quotas = site().quotas();
        String agreement = "agreement-" + UUID.randomUUID();
        Quota two = Quota.perMinute(2);

        assertThat(quotas.take(agreement, two, NOW)).isTrue();
        assertThat(quotas.take(agreement, two, NOW)).isTrue();
        assertThat(quotas.hasRoom(agreement, two, NOW)).isFalse();
        assertThat(quotas.take(agreement, two, NOW)).isFalse();
        Instant again = NOW.plus(quotas.wait(agreement, two, NOW));
        assertThat(again).isAfter(NOW).isBeforeOrEqualTo(NOW.plusSeconds(120));
        assertThat(quotas.take(agreement, two, again)).isTrue();
    }

    @Test
    void take_whenThereIsNoLimit_isNeverRefused() {
        assertThat(site().quotas().take("unlimited", Quota.UNLIMITED, NOW)).isTrue();
    }
}
