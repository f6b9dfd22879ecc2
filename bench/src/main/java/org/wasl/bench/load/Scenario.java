package org.wasl.bench.load;

/**
 * How one measurement loads a workload.
 *
 * @param name what the measurement is called in the report
 * @param open whether operations arrive at a constant rate, whatever becomes of those before; otherwise each caller
 *     waits for its answer before it asks again
 * @param callers how many threads call
 * @param ratePerSecond arrivals a second; 0 when not open
 * @param inFlight how many operations may be under way when open; those that arrive beyond it count as not sent
 * @param settleSeconds how long the load runs before anything is counted
 * @param windowSeconds how long is counted
 */
public record Scenario(
        String name,
        boolean open,
        int callers,
        double ratePerSecond,
        int inFlight,
        double settleSeconds,
        double windowSeconds) {

    private static final int MOST_CALLERS = 10_000;

    public Scenario {
        if (callers < 1 || callers > MOST_CALLERS) {
            throw new IllegalArgumentException("callers: " + callers);
        }
        if (open && (ratePerSecond <= 0 || inFlight < 1)) {
            throw new IllegalArgumentException("an open loop needs a rate and a bound");
        }
        if (settleSeconds < 0 || windowSeconds <= 0) {
            throw new IllegalArgumentException("seconds: " + settleSeconds + ", " + windowSeconds);
        }
    }

    /** So many callers, each waiting for its answer. */
    public static Scenario closed(String name, int callers, double settleSeconds, double windowSeconds) {
        return new Scenario(name, false, callers, 0, 0, settleSeconds, windowSeconds);
    }

    /** Arrivals at a constant rate. */
    public static Scenario open(
            String name, double ratePerSecond, int callers, int inFlight, double settleSeconds, double windowSeconds) {
        return new Scenario(name, true, callers, ratePerSecond, inFlight, settleSeconds, windowSeconds);
    }
}
