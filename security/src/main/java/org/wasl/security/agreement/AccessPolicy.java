package org.wasl.security.agreement;

import org.wasl.security.registry.Registry;

/** Decides by the registry's agreements; what none allows is denied. */
public interface AccessPolicy {

    /** Decides one request. Counts it against the agreement's quota when {@code consumeQuota}. */
    AccessDecision decide(AccessRequest request, Registry registry, boolean consumeQuota);
}
