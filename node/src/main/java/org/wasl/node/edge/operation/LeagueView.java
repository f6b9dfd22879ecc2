package org.wasl.node.edge.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Agencies by how they keep the service level that the registry declares for their services.
 *
 * @param from from when on exchanges are counted
 * @param to until when
 * @param targetPercent how many of a hundred an agency has to answer within its service level
 * @param least fewer exchanges than this say nothing of an agency
 * @param agencies those that keep their word best first; those that gave none last
 */
record LeagueView(Instant from, Instant to, int targetPercent, int least, List<Standing> agencies) {

    /**
     * One agency.
     *
     * @param judged how many exchanges ended by an answer or without one, for which the asker was not to blame
     * @param promised how many of those were of a service with a declared level: the denominator of {@code share}
     * @param within how many of those were answered within it
     * @param share {@code within} of {@code promised}, four decimals, rounded down; absent when there is none
     * @param verdict {@code KEPT}, {@code BROKEN}, {@code TOO_FEW} to say, or {@code NOT_DECLARED}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Standing(
            String member,
            Map<String, String> name,
            long judged,
            long failed,
            long promised,
            long within,
            @Nullable String share,
            String verdict,
            long p50Millis,
            long p95Millis,
            List<ServiceStanding> services) {}

    /** One of its services, with the level that is declared for it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServiceStanding(
            String service,
            Map<String, String> name,
            @Nullable Long levelMillis,
            long judged,
            long failed,
            long promised,
            long within,
            @Nullable String share,
            long p50Millis,
            long p95Millis) {}
}
