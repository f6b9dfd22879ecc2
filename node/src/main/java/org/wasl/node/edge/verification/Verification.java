package org.wasl.node.edge.verification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log has under a code: enough to see that there is such an answer, and nothing of whom it is about.
 *
 * @param code the code, as it is printed
 * @param replyId the answer's message id
 * @param kind what kind of message the answer is
 * @param service the service that was asked
 * @param serviceName its name in the catalogue, by language; empty when it is not in it any more
 * @param member the member that composed and signed the answer
 * @param memberName its name, by language
 * @param loggedAt when the answer was logged
 * @param decisionReady whether all that the decision needs was there; null when the answer's content was erased. The
 *     node's word: the answer's own file shows it
 * @param leaf the answer's leaf, Base64: commitments to its content, opaque identifiers and codes, no name and no number
 * @param index the leaf's index
 * @param proof that the leaf stands in the log, C2SP tlog-proof; null until a checkpoint covers it
 */
record Verification(
        String code,
        String replyId,
        String kind,
        String service,
        Map<String, String> serviceName,
        String member,
        Map<String, String> memberName,
        Instant loggedAt,
        @Nullable Boolean decisionReady,
        String leaf,
        long index,
        @Nullable String proof) {}
