package org.wasl.security.registry;

/** The registry in force; asked anew for every message, so that a reload takes effect at once. */
@FunctionalInterface
public interface CurrentRegistry {

    /**
     * The last good registry. It may have expired: whoever discloses looks at {@link Registry#expires()} first.
     */
    Registry get();
}
