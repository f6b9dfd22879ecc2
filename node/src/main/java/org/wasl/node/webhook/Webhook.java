package org.wasl.node.webhook;

import java.net.URI;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Where a consumer takes its late answers. It stands in the node's configuration alone: no message names an address.
 *
 * @param name its name, for operators and in the log
 * @param consumer whose answers it takes
 * @param address an https address, or an http one on the loopback
 */
public record Webhook(String name, SubsystemId consumer, URI address) {}
