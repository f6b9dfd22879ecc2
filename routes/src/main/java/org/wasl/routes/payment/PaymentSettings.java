package org.wasl.routes.payment;

import java.time.Duration;

/**
 * The bounds of payment.
 *
 * @param openMax how many orders may be open at a time; more are refused
 * @param threads how many do orders' errands
 * @param retryFirst how long after an errand failed it is tried again
 * @param retryMost the longest such wait, after doubling
 * @param poll how often the gateway is asked of an order of which it tells nothing by itself
 */
public record PaymentSettings(int openMax, int threads, Duration retryFirst, Duration retryMost, Duration poll) {

    public PaymentSettings {
        if (openMax < 1 || openMax > 1_000_000 || threads < 1 || threads > 64) {
            throw new IllegalArgumentException("openMax from 1 to 1000000, threads from 1 to 64");
        }
        for (Duration wait : new Duration[] {retryFirst, retryMost, poll}) {
            if (wait.isNegative() || wait.isZero() || wait.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("waits are more than nothing and at most a day");
            }
        }
    }
}
