package org.wasl.connectors.backend;

import java.util.Optional;

/** Credentials by name: declarations hold names only. */
@FunctionalInterface
public interface Secrets {

    /** The secret of that name; empty when there is none. Asked each time a connection is made, never kept. */
    Optional<String> secret(String name);
}
