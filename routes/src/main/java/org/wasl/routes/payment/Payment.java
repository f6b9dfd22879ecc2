package org.wasl.routes.payment;

import java.time.Instant;

/**
 * What the gateway took once.
 *
 * @param reference the gateway's own number for it
 * @param amount how much
 * @param channel how it was paid
 * @param at when, at the gateway
 */
public record Payment(String reference, Fils amount, String channel, Instant at) {}
