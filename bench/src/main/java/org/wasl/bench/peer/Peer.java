package org.wasl.bench.peer;

import java.util.function.Supplier;
import org.wasl.bench.load.Workload;

/**
 * Something to be measured beside Wasl.
 *
 * @param name the workload's own name
 * @param description what it is, in one line
 * @param factory makes a fresh one, not started
 */
public record Peer(String name, String description, Supplier<Workload> factory) {}
