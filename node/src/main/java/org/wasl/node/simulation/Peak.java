package org.wasl.node.simulation;

/** The most that was asked in one minute and in one day (UTC), of what comes in the order of time. */
final class Peak {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 24 * 60 * MINUTE_MILLIS;

    private long minute = Long.MIN_VALUE;
    private long day = Long.MIN_VALUE;
    private long inMinute;
    private long inDay;
    private long mostInMinute;
    private long mostInDay;

    void count(long atMillis) {
        long thisMinute = Math.floorDiv(atMillis, MINUTE_MILLIS);
        long thisDay = Math.floorDiv(atMillis, DAY_MILLIS);
        inMinute = thisMinute == minute ? inMinute + 1 : 1;
        inDay = thisDay == day ? inDay + 1 : 1;
        minute = thisMinute;
        day = thisDay;
        mostInMinute = Math.max(mostInMinute, inMinute);
        mostInDay = Math.max(mostInDay, inDay);
    }

    SimulationReport.Peaks peaks() {
        return new SimulationReport.Peaks(mostInMinute, mostInDay);
    }
}
