package org.wasl.security.agreement;

import org.wasl.schemas.fault.Fault;
import org.wasl.security.registry.Agreement;

/** The agreements' answer. */
public sealed interface AccessDecision {

    /** Allowed, by this agreement. */
    record Allowed(Agreement agreement) implements AccessDecision {}

    /** Not allowed, and why. */
    record Denied(Fault fault) implements AccessDecision {}
}
