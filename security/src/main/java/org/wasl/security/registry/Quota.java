package org.wasl.security.registry;

import java.util.OptionalInt;

/**
 * How often an agreement may be used.
 *
 * @param perMinute how often a minute; empty when unlimited
 * @param perDay how often a day; empty when unlimited
 */
public record Quota(OptionalInt perMinute, OptionalInt perDay) {

    /** No limit. */
    public static final Quota UNLIMITED = new Quota(OptionalInt.empty(), OptionalInt.empty());

    /** So often a minute. */
    public static Quota perMinute(int limit) {
        return new Quota(OptionalInt.of(limit), OptionalInt.empty());
    }
}
