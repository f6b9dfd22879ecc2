package org.wasl.node.configuration;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasl.messagelog.publication.TimeStampState;
import org.wasl.messagelog.publication.TimeStamper;

/** Whether the log has its time-stamps, and the node the right time: down when nothing is disclosed for the lack of it. */
final class TimeStampHealth implements HealthIndicator {

    private final TimeStamper stamper;

    TimeStampHealth(TimeStamper stamper) {
        this.stamper = stamper;
    }

    @Override
    public Health health() {
        TimeStampState state = stamper.state();
        Health.Builder health = state.closed().isPresent()
                ? Health.down()
                : state.alarm() ? Health.status(RegistryHealth.DEGRADED) : Health.up();
        state.closed().ifPresent(code -> health.withDetail("closed", code.wireCode()));
        state.last().ifPresent(last -> health.withDetail("last", last.toString()));
        state.problem().ifPresent(problem -> health.withDetail("problem", problem));
        return health.withDetail("covered", state.covered())
                .withDetail("uncoveredSeconds", state.uncoveredFor().toSeconds())
                .withDetail("clockAheadSeconds", state.ahead().toSeconds())
                .build();
    }
}
