package org.wasl.node.configuration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasl.security.keys.ShortTermMemberKeys;
import org.wasl.security.keys.ShortTermState;

/** Whether members that sign by short-term keys have one: down when one of them can sign nothing. */
final class ShortTermHealth implements HealthIndicator {

    private final ShortTermMemberKeys keys;

    ShortTermHealth(ShortTermMemberKeys keys) {
        this.keys = keys;
    }

    @Override
    public Health health() {
        Map<String, Object> members = new LinkedHashMap<>();
        ShortTermState.Level worst = ShortTermState.Level.GOOD;
        for (ShortTermState state : keys.states()) {
            worst = state.level().compareTo(worst) > 0 ? state.level() : worst;
            members.put(state.member().toString(), document(state));
        }
        Health.Builder health =
                switch (worst) {
                    case GOOD, WARNING -> Health.up();
                    case ALARM -> Health.status(RegistryHealth.DEGRADED);
                    case ENDED -> Health.down();
                };
        return health.withDetail("members", members).build();
    }

    private static Map<String, Object> document(ShortTermState state) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("level", state.level().name());
        document.put("issued", state.issued());
        if (state.ends() != null) {
            document.put("serial", String.valueOf(state.serial()));
            document.put("ends", String.valueOf(state.ends()));
        }
        if (state.failure() != null) {
            document.put("failure", String.valueOf(state.failure()));
        }
        return document;
    }
}
