package org.wasl.connectors.policy;

import org.wasl.connectors.backend.Step;
import org.wasl.schemas.fault.FaultCode;

/**
 * Why there is no record, as the route's last body.
 *
 * @param code what went wrong
 * @param step the step at which it did
 * @param detail one sentence without values of a record
 * @param path the field at fault; empty when it is none
 */
public record Refusal(FaultCode code, Step step, String detail, String path) {}
