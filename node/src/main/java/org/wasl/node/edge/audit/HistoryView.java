package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of one request, for an auditor: each message with each verdict and its reason.
 *
 * @param complete whether these are all the messages of this correlation id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryView(String correlationId, boolean complete, List<Event> events) {

    /**
     * One leaf.
     *
     * @param leaf its metadata
     * @param container what verifying its container found
     * @param agreements the agreements that fitted the request, by the registry of then
     * @param evidence what covers the leaf
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(LeafView leaf, ContainerView container, List<AgreementView> agreements, EvidenceView evidence) {}

    /**
     * What verifying a container found, by the registry and the revocation evidence of then.
     *
     * @param verdict {@code GENUINE}, {@code NOT_GENUINE}, {@code ERASED} or {@code NONE}
     * @param reason why it is not genuine
     * @param signer the member that signed it
     * @param certificate the SHA-256 of the certificate that signed it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContainerView(
            String verdict,
            @Nullable String reason,
            LeafView.@Nullable Named fault,
            @Nullable String signer,
            @Nullable String certificate) {

        static ContainerView of(String verdict) {
            return new ContainerView(verdict, null, null, null, null);
        }
    }

    /** An agreement. */
    record AgreementView(String id, long registryVersion) {}

    /**
     * What covers a leaf.
     *
     * @param checkpointSize the size of the first checkpoint that covers it; null while none does
     * @param origin of which log that checkpoint is
     * @param stampedSize the size of the first time-stamped checkpoint that covers it; null while none does
     * @param stampedAt when that one was time-stamped, by an authority that the registry trusts for it
     * @param stampRefused why that time-stamp shows nothing, if so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EvidenceView(
            String leafHash,
            @Nullable Long checkpointSize,
            @Nullable String origin,
            @Nullable Long stampedSize,
            @Nullable String stampedAt,
            @Nullable String stampRefused) {}
}
