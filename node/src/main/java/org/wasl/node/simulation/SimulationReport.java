package org.wasl.node.simulation;

import java.util.List;
import java.util.Map;

/**
 * What a proposed registry would have said to logged requests, beside what the one in force says to them.
 *
 * @param from from when requests were looked at, an instant
 * @param to until when
 * @param requests how many requests were judged
 * @param unchanged how many are allowed, or refused, by both
 * @param newlyAllowed how many only the proposed one allows
 * @param newlyRefused how many only the proposed one refuses
 * @param depends how many cannot be told alike by what the log says
 * @param sealed how many have an encrypted payload, so that only rules that need no question could be asked
 * @param unreadable how many were left out, since nothing but their leaf is there
 * @param refusedBy how many are newly refused, by fault code
 * @param groups the counts by consumer, service and purpose
 * @param fields what allowed requests would no longer get, or newly get
 * @param peaks the most that was asked under each of the proposed agreements
 * @param examples some of the requests whose outcome changes
 */
public record SimulationReport(
        String from,
        String to,
        long requests,
        long unchanged,
        long newlyAllowed,
        long newlyRefused,
        long depends,
        long sealed,
        long unreadable,
        Map<String, Long> refusedBy,
        List<Group> groups,
        List<FieldChange> fields,
        Map<String, Peaks> peaks,
        List<Example> examples) {

    /**
     * The requests of one consumer to one service for one purpose.
     *
     * @param byHour how many were asked in each hour of the day (UTC), from 0 to 23
     */
    public record Group(
            String consumer,
            String service,
            String purpose,
            long requests,
            long unchanged,
            long newlyAllowed,
            long newlyRefused,
            long depends,
            List<Long> byHour) {}

    /**
     * A field whose release changes for requests that both allow.
     *
     * @param change {@code LOST} when it would no longer be released, {@code GAINED} when it newly would
     * @param requests for how many requests
     */
    public record FieldChange(String consumer, String service, String path, String change, long requests) {}

    /** The most that was asked in one minute, and in one day. */
    public record Peaks(long perMinute, long perDay) {}

    /** One request whose outcome changes, and by which code it is refused now or then. */
    public record Example(String messageId, String at, String was, String becomes, String code) {}
}
