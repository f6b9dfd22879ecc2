package org.wasl.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorldTest {

    private static final Costs COSTS = new Costs(1_000, 5_500, 150, 60, 16_000, 0.2, 1.0);
    private static final Plan PLAN = Plan.of(Assumptions.standard().at(500), COSTS);

    private static Outcome run(double perSecond, Disturbance disturbance, long seed) {
        return World.run(PLAN, perSecond, disturbance, 4, seed);
    }

    @Test
    void run_withOneSeed_isAlwaysTheSame() {
        assertThat(run(500, Disturbance.NONE, 1)).isEqualTo(run(500, Disturbance.NONE, 1));
        assertThat(run(500, Disturbance.NONE, 1)).isNotEqualTo(run(500, Disturbance.NONE, 2));
    }

    @Test
    void run_atThePlannedRate_usesWhatTheArithmeticSays() {
        Outcome outcome = run(500, Disturbance.NONE, 3);

        assertThat(outcome.late()).isZero();
        assertThat(outcome.portal())
                .isCloseTo(
                        Plan.portalCores(PLAN.assumed(), COSTS)
                                / PLAN.portalNodes()
                                / PLAN.assumed().cores(),
                        within(0.03));
        assertThat(outcome.portalLog())
                .isCloseTo(
                        Plan.portalLeaves(PLAN.assumed()) / PLAN.portalNodes() / COSTS.leavesPerSecond(), within(0.03));
    }

    @Test
    void run_beyondWhatThePlanCarries_isLate() {
        Outcome outcome = run(5_000, Disturbance.NONE, 4);

        assertThat(Math.max(outcome.portal(), outcome.portalLog())).isGreaterThan(1);
        assertThat(outcome.late()).isPositive();
        assertThat(outcome.p99Milliseconds()).isNull();
        assertThat(outcome.busiest()).contains("portal");
    }

    @Test
    void run_whenBrokersAreAway_answersAllTheSame() {
        Outcome calm = run(300, Disturbance.NONE, 5);
        Outcome away = run(300, new Disturbance(1, 1, 1), 5);

        assertThat(away.answered() + away.late()).isEqualTo(calm.answered() + calm.late());
        assertThat(away.p99Milliseconds()).isGreaterThan(calm.p99Milliseconds());
    }

    @Test
    void append_whileABatchIsWritten_joinsTheNext() {
        Stations.Log log = new Stations.Log(1, 0);

        assertThat(log.append(0, 1)).isEqualTo(1);
        assertThat(log.append(0.5, 1)).isEqualTo(2);
        assertThat(log.append(0.9, 1)).isEqualTo(2);
        assertThat(log.append(1.5, 1)).isEqualTo(3);
        assertThat(log.append(7, 1)).isEqualTo(8);
    }

    @Test
    void take_whenAllCoresAreBusy_waitsForTheFirst() {
        Stations.Cores cores = new Stations.Cores(2);

        assertThat(cores.take(0, 2)).isEqualTo(2);
        assertThat(cores.take(0, 5)).isEqualTo(5);
        assertThat(cores.take(1, 1)).isEqualTo(3);
        assertThat(cores.use(10)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void share_ofAllAgencies_isAllQuestions() {
        Assumptions assumed = Assumptions.standard();
        double sum = 0;
        for (int rank = 0; rank < assumed.agencies(); rank++) {
            sum += assumed.share(rank);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(assumed.share(0)).isGreaterThan(assumed.share(1));
    }
}
