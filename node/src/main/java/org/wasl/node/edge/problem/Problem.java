package org.wasl.node.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.agreement.AccessRule;
import org.wasl.security.agreement.RefusalDetail;

/**
 * One error as RFC 9457 problem details; a refusal by an agreement names agreement and rule, and explains it. What a caller sent is never echoed in it.
 *
 * @param fault what went wrong
 * @param locale the language of the title, {@code ar} or {@code en}
 * @param instance a reference to the request or message concerned; null when there is none
 */
public record Problem(Fault fault, String locale, @Nullable String instance) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A problem that arose at the edge itself. */
    public static Fault atEdge(FaultCode code, String detail) {
        return new Fault(code, Stage.EDGE, "edge", detail);
    }

    public int status() {
        return fault.code().httpStatus();
    }

    /** The members, in the order written. */
    public Map<String, Object> members() {
        FaultCode code = fault.code();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:wasl:fault:" + code.wireCode());
        members.put("title", "ar".equals(locale) ? code.arabic() : code.english());
        members.put("status", code.httpStatus());
        members.put("detail", fault.detail());
        RefusalDetail.explanation(fault, locale).ifPresent(text -> members.put("explanation", text));
        members.put("code", code.wireCode());
        AccessRule.of(code).ifPresent(rule -> members.put("rule", rule.wireName()));
        RefusalDetail.agreement(fault).ifPresent(id -> members.put("agreement", id));
        members.put("leg", fault.leg());
        members.put("stage", fault.stage().wireName());
        members.put("retryable", code.retryable());
        Optional.ofNullable(instance).ifPresent(reference -> members.put("instance", reference));
        return members;
    }

    /** The document, UTF-8. */
    public byte[] octets() {
        try {
            return JSON.writeValueAsBytes(members());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of strings, numbers and booleans can be written", impossible);
        }
    }
}
