package org.wasl.security.registry;

import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/** Whether a registry may still be relied on. An expired one goes on being served, so that refusals can name their reason. */
public final class RegistryValidity {

    private RegistryValidity() {}

    /**
     * Why nothing may be disclosed on this registry's word; empty while it may be.
     *
     * @param registry the registry in force
     * @param now the present instant
     * @param stage the step that asks
     */
    public static Optional<Fault> refusal(Registry registry, Instant now, Stage stage) {
        if (now.isBefore(registry.expires())) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                FaultCode.REGISTRY_EXPIRED,
                stage,
                registry.instance(),
                "version " + registry.version() + " of the registry expired at " + registry.expires()));
    }
}
