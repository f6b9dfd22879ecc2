package org.wasl.routes.exchange;

import java.time.Duration;
import org.wasl.routes.load.GateSettings;

/**
 * The bounds of the exchange.
 *
 * @param nodeId this node's id, as the registry names it
 * @param inFlightMax how many requests may wait for their answer
 * @param senderThreads how many threads build, sign and send
 * @param requestConsumers how many requests of one service are processed at once; all services of a member together get four
 *     times that
 * @param replyConsumers how many replies of one member are processed at once
 * @param clockSkew how far another node's clock may be off, at most 60 s
 * @param timeoutMax the longest time that a request may ask to wait
 * @param grace how long after its deadline an exchange has ended at the latest
 * @param logTimeout how long a step waits for the log
 * @param maxContainerBytes the largest message that is looked at
 * @param deferrals the bounds of answers that come later
 * @param gates the bounds of what is asked of a back-end at once
 */
public record ExchangeSettings(
        String nodeId,
        int inFlightMax,
        int senderThreads,
        int requestConsumers,
        int replyConsumers,
        Duration clockSkew,
        Duration timeoutMax,
        Duration grace,
        Duration logTimeout,
        int maxContainerBytes,
        DeferralSettings deferrals,
        GateSettings gates) {

    private static final Duration MAX_SKEW = Duration.ofSeconds(60);
    private static final int MAX_THREADS = 256;
    private static final int MAX_CONTAINER_BYTES = 64 * 1024 * 1024;

    /** With the default bounds of what is asked of a back-end at once. */
    public ExchangeSettings(
            String nodeId,
            int inFlightMax,
            int senderThreads,
            int requestConsumers,
            int replyConsumers,
            Duration clockSkew,
            Duration timeoutMax,
            Duration grace,
            Duration logTimeout,
            int maxContainerBytes,
            DeferralSettings deferrals) {
        this(
                nodeId,
                inFlightMax,
                senderThreads,
                requestConsumers,
                replyConsumers,
                clockSkew,
                timeoutMax,
                grace,
                logTimeout,
                maxContainerBytes,
                deferrals,
                GateSettings.of(requestConsumers));
    }

    /** With the default bounds of answers that come later. */
    public ExchangeSettings(
            String nodeId,
            int inFlightMax,
            int senderThreads,
            int requestConsumers,
            int replyConsumers,
            Duration clockSkew,
            Duration timeoutMax,
            Duration grace,
            Duration logTimeout,
            int maxContainerBytes) {
        this(
                nodeId,
                inFlightMax,
                senderThreads,
                requestConsumers,
                replyConsumers,
                clockSkew,
                timeoutMax,
                grace,
                logTimeout,
                maxContainerBytes,
                DeferralSettings.standard());
    }

    public ExchangeSettings {
        requireRange("inFlightMax", inFlightMax, 1, 1_000_000);
        requireRange("senderThreads", senderThreads, 1, MAX_THREADS);
        requireRange("requestConsumers", requestConsumers, 1, MAX_THREADS);
        requireRange("replyConsumers", replyConsumers, 1, MAX_THREADS);
        requireRange("maxContainerBytes", maxContainerBytes, 1024, MAX_CONTAINER_BYTES);
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("clockSkew must be from 0 to 60 s");
        }
        requirePositive("timeoutMax", timeoutMax);
        requirePositive("grace", grace);
        requirePositive("logTimeout", logTimeout);
    }

    /** The defaults for this node. */
    public static ExchangeSettings of(String nodeId) {
        return new ExchangeSettings(
                nodeId,
                4_096,
                16,
                32,
                16,
                MAX_SKEW,
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                (10 * 1024 + 64) * 1024);
    }

    /** The same with another bound on requests in flight. */
    public ExchangeSettings withInFlightMax(int max) {
        return new ExchangeSettings(
                nodeId,
                max,
                senderThreads,
                requestConsumers,
                replyConsumers,
                clockSkew,
                timeoutMax,
                grace,
                logTimeout,
                maxContainerBytes,
                deferrals,
                gates);
    }

    /** The same with other bounds of answers that come later. */
    public ExchangeSettings withDeferrals(DeferralSettings others) {
        return new ExchangeSettings(
                nodeId,
                inFlightMax,
                senderThreads,
                requestConsumers,
                replyConsumers,
                clockSkew,
                timeoutMax,
                grace,
                logTimeout,
                maxContainerBytes,
                others,
                gates);
    }

    /** The same with other bounds of what is asked of a back-end at once. */
    public ExchangeSettings withGates(GateSettings others) {
        return new ExchangeSettings(
                nodeId,
                inFlightMax,
                senderThreads,
                requestConsumers,
                replyConsumers,
                clockSkew,
                timeoutMax,
                grace,
                logTimeout,
                maxContainerBytes,
                deferrals,
                others);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
