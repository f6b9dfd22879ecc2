package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is unusual in a period, by rules that are told with it. Unusual is not wrong: it is where to look.
 *
 * @param looked how many requests were looked at
 * @param lookedBackTo before when nothing was looked at; null when all of the period was
 * @param officers how many officers asked
 * @param unknown of how many who asked it is not known any more whether they are officers
 * @param median how many requests an officer made, in the middle of all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnomaliesView(
        String from,
        String to,
        int looked,
        @Nullable String lookedBackTo,
        int officers,
        int unknown,
        double median,
        List<Rule> rules,
        List<Finding> findings) {

    /**
     * A rule.
     *
     * @param rule {@code ODD_HOURS} or {@code VOLUME}
     * @param threshold what it is held to, by name
     * @param judged whether there was enough to judge by
     */
    record Rule(String rule, Map<String, String> threshold, boolean judged) {}

    /**
     * What a rule found.
     *
     * @param officer the opaque id of who asked
     * @param body for whom they asked
     * @param count how many requests it is about
     * @param limit what it had to stay under
     * @param leaves the newest of them
     * @param more how many more there are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finding(
            String rule,
            String officer,
            LeafView.@Nullable Named body,
            int count,
            double limit,
            List<Evidence> leaves,
            int more) {}

    /** One request that it rests on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Evidence(
            long index,
            String at,
            LeafView.@Nullable Named service,
            @Nullable String correlationId) {}
}
