package org.wasl.node.configuration;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.wasl.node.data.RegistryState;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryAge;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryReload;
import org.wasl.security.registry.RegistryValidity;

/** How it stands with the registry: degraded when a version was refused or the one in force is in its grace. */
final class RegistryHealth implements HealthIndicator {

    /** Works, but somebody has to look. */
    static final Status DEGRADED = new Status("DEGRADED");

    private final RegistryFiles files;
    private final Clock clock;

    RegistryHealth(RegistryFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** The registry's state, for {@code node.json}. */
    RegistryState state() {
        Registry registry = files.get();
        Optional<RegistryReload.Refused> refused = files.lastRefused();
        return new RegistryState(
                registry.version(),
                registry.expires().toString(),
                RegistryValidity.age(registry, clock.instant()).name(),
                refused.map(RegistryReload.Refused::fault)
                        .map(fault -> fault.code().wireCode())
                        .orElse(null),
                refused.map(RegistryReload.Refused::fault).map(Fault::detail).orElse(null),
                refused.map(RegistryReload.Refused::at).map(Instant::toString).orElse(null));
    }

    @Override
    public Health health() {
        RegistryState state = state();
        Health.Builder health = RegistryAge.EXPIRED.name().equals(state.state())
                ? Health.down()
                : RegistryAge.GRACE.name().equals(state.state()) || state.refused() != null
                        ? Health.status(DEGRADED)
                        : Health.up();
        health.withDetail("version", state.version())
                .withDetail("expires", state.expires())
                .withDetail("state", state.state());
        if (state.refused() != null) {
            health.withDetail("refused", state.refused());
        }
        return health.build();
    }
}
