package org.wasl.node.data;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with a running node's registry.
 *
 * @param version the version in force
 * @param expires when it expires, ISO 8601
 * @param state CURRENT, GRACE or EXPIRED
 * @param refused the fault's code of what is published but was refused; null when nothing was
 * @param detail why it was refused; null when nothing was
 * @param refusedAt when it was refused, ISO 8601; null when nothing was
 */
public record RegistryState(
        long version,
        String expires,
        String state,
        @Nullable String refused,
        @Nullable String detail,
        @Nullable String refusedAt) {}
