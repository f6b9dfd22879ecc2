package org.wasl.schemas.deferral;

/**
 * What came of handing a late answer to the requester's own system.
 *
 * @param webhook the name under which its address is declared
 * @param delivered whether it was taken; false when the last attempt has failed
 * @param attempts how often it was tried
 */
public record Delivery(String webhook, boolean delivered, int attempts) {}
