package org.wasl.node.configuration;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.PublicationState;

/** Whether others hold the log to what it says: down when nothing is disclosed for the lack of it. */
final class EvidenceHealth implements HealthIndicator {

    private final CheckpointPublisher publisher;

    EvidenceHealth(CheckpointPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Health health() {
        PublicationState state = publisher.state();
        Health.Builder health = state.closed().isPresent()
                ? Health.down()
                : state.alarm() ? Health.status(RegistryHealth.DEGRADED) : Health.up();
        state.closed().ifPresent(code -> health.withDetail("closed", code.wireCode()));
        state.origin().ifPresent(origin -> health.withDetail("origin", origin));
        state.problem().ifPresent(problem -> health.withDetail("problem", problem));
        return health.withDetail("published", state.published())
                .withDetail("cosigned", state.covered())
                .withDetail("uncoveredSeconds", state.uncoveredFor().toSeconds())
                .withDetail("cosigners", state.cosigners())
                .withDetail("witnesses", state.witnesses())
                .build();
    }
}
