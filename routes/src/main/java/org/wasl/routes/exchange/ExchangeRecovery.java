package org.wasl.routes.exchange;

/**
 * What was taken up at start.
 *
 * @param resent requests that were sent again
 * @param ended requests whose time was up, each ended by a signed fault
 * @param left requests that could not be taken up now: too many at once, or erased
 */
public record ExchangeRecovery(int resent, int ended, int left) {}
