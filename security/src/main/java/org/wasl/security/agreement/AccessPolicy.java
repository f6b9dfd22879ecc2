package org.wasl.security.agreement;

import org.wasl.security.registry.Registry;

/**
 * Decides by the registry's agreements; what none allows is denied. The provider's decision is the only one that counts:
 * it is asked twice, before the back-end is, and again before what the back-end said is disclosed.
 */
public interface AccessPolicy {

    /**
     * Decides one request. What cannot be told is denied.
     *
     * @param consumeQuota whether to count it against the agreement's quota
     */
    AccessDecision decide(AccessRequest request, Registry registry, boolean consumeQuota);

    /**
     * Decides again, right before disclosure, about a request that was allowed and counted: quotas are not asked. Ask it
     * with the present instant and the registry now in force.
     */
    AccessDecision confirm(AccessRequest request, Registry registry);

    /**
     * Whether there is any point in asking, for the consumer's side: what only the provider can tell, such as whether an
     * assertion is good, is taken to be in order. Counts nothing.
     */
    AccessDecision foresee(AccessRequest request, Registry registry);

    /** Decides as {@link #decide} does, counts nothing, and says what each agreement says. */
    AccessTrace explain(AccessRequest request, Registry registry);
}
