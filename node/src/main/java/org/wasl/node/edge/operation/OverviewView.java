package org.wasl.node.edge.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in this node; nothing in it is about a person.
 *
 * @param asOf when it was read
 * @param countedSince since when exchanges are counted: this process's start
 * @param minutes over how many minutes the numbers of exchanges are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OverviewView(
        Instant asOf,
        Instant countedSince,
        int minutes,
        Totals total,
        List<Minute> series,
        List<Agency> agencies,
        List<FlowView> flows,
        List<ServiceView> services,
        List<Error> errors,
        List<Queue> queues,
        List<BackEnd> backEnds,
        Log log,
        Waiting waiting,
        RegistryView registry,
        List<Ending> expiring) {

    /** What ended in one minute, from {@code at} on. */
    record Minute(Instant at, long asked, long failed, long p50Millis, long p95Millis) {}

    /** A member: what it was asked, and what it asked. */
    record Agency(String member, Map<String, String> name, Totals asked, long asks) {}

    /** What one member asked of another. */
    record FlowView(String consumer, String provider, Totals total) {}

    /** @param levelMillis within what time its agency undertakes to answer; absent when it undertakes nothing */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServiceView(
            String service,
            Map<String, String> name,
            String provider,
            Totals total,
            @Nullable Long levelMillis) {}

    /** How many exchanges ended by one fault. */
    record Error(String code, Map<String, String> title, String category, long count) {}

    record Queue(String name, long depth) {}

    /** @param breaker {@code CLOSED} lets questions through, {@code TRYING} a few, {@code OPEN} none */
    record BackEnd(
            String connector,
            String service,
            String provider,
            String breaker,
            int calls,
            int failed,
            int slow,
            int underWay,
            int concurrent) {}

    record Log(
            boolean available,
            long leaves,
            long bytes,
            long uncoveredSeconds,
            long unstampedSeconds,
            long diskFree,
            long diskTotal) {}

    /** What has not come to its end. */
    record Waiting(int inFlight, int owed, int awaited, int deadLetters, int undelivered) {}

    record RegistryView(long version, Instant expires) {}

    record Ending(String kind, String name, Instant ends) {}
}
