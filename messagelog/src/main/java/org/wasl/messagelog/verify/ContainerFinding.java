package org.wasl.messagelog.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What looking into one container found. */
public sealed interface ContainerFinding {

    /** Nobody looked. */
    ContainerFinding UNEXAMINED = new Unexamined();

    /** Nobody looked. */
    record Unexamined() implements ContainerFinding {}

    /** It was logged because it was refused, and may be anything. */
    record Refusal() implements ContainerFinding {}

    /**
     * It is genuine, and the message of which its leaf tells.
     *
     * @param compromisedFrom from when its key is worth nothing: the leaf must be shown to be older; null when the key
     *     is not compromised
     */
    record Genuine(@Nullable Instant compromisedFrom) implements ContainerFinding {}

    /**
     * It is not.
     *
     * @param kind {@link DamageKind#SIGNATURE}, {@link DamageKind#CERTIFICATE}, {@link DamageKind#TIME} or
     *     {@link DamageKind#UNTRUE_LEAF}
     * @param detail for people, in English
     */
    record Bad(DamageKind kind, String detail) implements ContainerFinding {}
}
