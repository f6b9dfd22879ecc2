package org.wasl.security.agreement;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.registry.Agreement;

/** The agreements' answer. */
public sealed interface AccessDecision {

    /**
     * Allowed, by this agreement.
     *
     * @param owner the national number of the person to whom the record must belong, which whoever holds the record must
     *     still look at before anything is disclosed; null when that is not asked
     */
    record Allowed(Agreement agreement, @Nullable String owner) implements AccessDecision {

        /** Allowed, whomever the record belongs to. */
        public Allowed(Agreement agreement) {
            this(agreement, null);
        }

        @Override
        public String toString() {
            // Without the national number: this ends up in logs.
            return "allowed by agreement " + agreement.id();
        }
    }

    /** Not allowed, and why. */
    record Denied(Fault fault) implements AccessDecision {}
}
