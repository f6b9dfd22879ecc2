package org.wasl.security.registry;

import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/** Whether a registry may still be relied on. An expired one goes on being served, so that refusals can name their reason. */
public final class RegistryValidity {

    private RegistryValidity() {}

    /** Where in its life the registry is. */
    public static RegistryAge age(Registry registry, Instant now) {
        if (now.isBefore(registry.expires())) {
            return RegistryAge.CURRENT;
        }
        return now.isBefore(registry.expires().plus(registry.grace())) ? RegistryAge.GRACE : RegistryAge.EXPIRED;
    }

    /**
     * Why nothing may be disclosed on this registry's word; empty while it may be, in its grace too.
     *
     * @param registry the registry in force
     * @param now the present instant
     * @param stage the step that asks
     */
    public static Optional<Fault> refusal(Registry registry, Instant now, Stage stage) {
        if (age(registry, now) != RegistryAge.EXPIRED) {
            return Optional.empty();
        }
        String grace = registry.grace().isZero() ? "" : ", and its grace is over";
        return Optional.of(new Fault(
                FaultCode.REGISTRY_EXPIRED,
                stage,
                registry.instance(),
                "version " + registry.version() + " of the registry expired at " + registry.expires() + grace));
    }
}
