package org.wasl.node.edge.usage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of uses, as the data tracker's interface has it, and what that interface has no place for.
 *
 * @param totalUsages how many uses there are on all pages
 * @param usages those of this page, newest first
 * @param complete whether every node answered and looked at everything
 * @param nodesSilent the addresses of the nodes that did not answer
 * @param lookedBackTo before when nothing was looked at, since there is more than is looked at; null when there is not
 * @param node which log this is from; null when from several
 * @param nodesAsked the addresses of the other nodes that were asked; null when none was to be
 * @param receivers the bodies that are in this period's uses, whichever is asked for
 * @param purposes their purposes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record UsageAnswer(
        int totalUsages,
        List<Usage> usages,
        boolean complete,
        @Nullable List<String> nodesSilent,
        @Nullable String lookedBackTo,
        @Nullable String node,
        @Nullable List<String> nodesAsked,
        @Nullable List<Named> receivers,
        @Nullable List<Named> purposes) {

    /** How many of each are told. */
    static final int MOST_NAMED = 200;

    /** A code and what it is called. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Named(String code, String name) {}
}
