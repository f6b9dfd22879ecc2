package org.wasl.node.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * The member that keeps this node's log, signs its checkpoints and answers for it.
 *
 * @param member one of those that the node speaks for
 */
record LogOperator(MemberId member) {

    /**
     * Who it is.
     *
     * @param named who is named by the configuration; null when nobody is
     * @param spokenFor the members that this node speaks for
     * @param portal the portal's member, which keeps the log where one node speaks for several
     * @throws IllegalStateException when it cannot be told, or the node does not speak for whom is named
     */
    static LogOperator of(@Nullable String named, Set<MemberId> spokenFor, MemberId portal) {
        if (named != null) {
            MemberId member = MemberId.parse(named);
            if (!spokenFor.contains(member)) {
                throw new IllegalStateException("wasl.log.operator names " + member
                        + ", for which this node does not speak; it speaks for " + spokenFor);
            }
            return new LogOperator(member);
        }
        if (spokenFor.size() == 1) {
            return new LogOperator(spokenFor.iterator().next());
        }
        if (spokenFor.contains(portal)) {
            return new LogOperator(portal);
        }
        throw new IllegalStateException(
                "this node speaks for " + spokenFor + ": name with wasl.log.operator which of them keeps its log");
    }
}
