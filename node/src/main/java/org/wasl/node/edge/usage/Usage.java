package org.wasl.node.edge.usage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One use of a person's data, as the data tracker's interface has it.
 *
 * @param logtime when, RFC 3339
 * @param action what for, in words
 * @param receiverCode the identifier of the body that received the data
 * @param receiverName its name
 * @param receiverSystem the information system that received the data
 * @param details what that interface has no place for; null from a node that does not tell it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record Usage(
        String logtime,
        String action,
        String receiverCode,
        String receiverName,
        String receiverSystem,
        @Nullable Details details) {

    /** How many parts a use may have. */
    static final int MOST_PARTS = 200;

    /**
     * The same use, told apart.
     *
     * @param id by which it can be asked about
     * @param kind {@code ASKED}, {@code TOLD} or {@code AUDITED}
     * @param purpose the code of what for
     * @param purposeName what for, in words
     * @param parts what was asked or told; none of what an auditor did
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Details(String id, String kind, String purpose, String purposeName, List<Part> parts) {}

    /**
     * What was asked of one service.
     *
     * @param outcome what became of it, in words; null when data was given
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Part(
            String service,
            String serviceName,
            String provider,
            String providerName,
            @Nullable String outcome) {}

    /** The same use, without details. */
    Usage plain() {
        return new Usage(logtime, action, receiverCode, receiverName, receiverSystem, null);
    }
}
