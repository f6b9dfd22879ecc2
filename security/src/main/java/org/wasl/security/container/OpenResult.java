package org.wasl.security.container;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;

/** What opening a container found, before any question of who signed it. */
public sealed interface OpenResult {

    /**
     * The container's structure is right and its parts were read. Nothing says that it is genuine.
     *
     * @param container the container
     */
    record Opened(Container container) implements OpenResult {}

    /**
     * The container is refused.
     *
     * @param fault why
     * @param claimed the header it carries, when it could be read: a claim, not a fact
     */
    record Refused(Fault fault, Optional<Header> claimed) implements OpenResult {}
}
