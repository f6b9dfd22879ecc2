package org.wasl.node.traffic;

import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;

/**
 * Who asks what.
 *
 * @param consumer the member that asks
 * @param service the service that it asks
 */
public record Flow(MemberId consumer, ServiceId service) {}
