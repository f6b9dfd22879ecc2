package org.wasl.routes.exchange;

import java.util.UUID;
import org.wasl.schemas.identifier.SubsystemId;

/** What identifies a request among ours. */
record FlightKey(SubsystemId consumer, UUID messageId) {}
