package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Label;

/**
 * One leaf as an auditor sees it: who asked whom for what and why, and what became of it; never what was said.
 *
 * @param person the opaque id of who acted
 * @param request where the history of the request is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeafView(
        long index,
        String at,
        @Nullable String direction,
        @Nullable String kind,
        @Nullable Named member,
        @Nullable Named sender,
        @Nullable Named consumer,
        @Nullable Named provider,
        @Nullable Named service,
        @Nullable Named purpose,
        @Nullable String person,
        @Nullable String correlationId,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        @Nullable RequestStatus status,
        @Nullable Named fault,
        boolean erased,
        @Nullable String request) {

    /** A code with its names. */
    record Named(String id, Map<String, String> label) {

        static Named of(Object id, Label label) {
            return new Named(id.toString(), Map.of("ar", label.arabic(), "en", label.english()));
        }
    }

    static LeafView of(FoundLeaf found, Optional<RequestOutcomes.Outcome> outcome, Names names) {
        Leaf leaf = found.leaf();
        String correlationId = leaf.correlationId();
        return new LeafView(
                found.index(),
                Instant.ofEpochMilli(leaf.atMillis()).toString(),
                leaf.direction(),
                leaf.kind(),
                member(leaf.member(), names),
                subsystem(leaf.sender(), names),
                subsystem(leaf.consumer(), names),
                subsystem(leaf.provider(), names),
                service(leaf.service(), names),
                leaf.purpose() == null ? null : Named.of(leaf.purpose(), names.purpose(leaf.purpose())),
                leaf.actor(),
                correlationId,
                leaf.messageId(),
                leaf.inReplyTo(),
                outcome.map(RequestOutcomes.Outcome::status).orElse(null),
                fault(outcome.map(RequestOutcomes.Outcome::fault).orElse(leaf.fault())),
                found.erased(),
                correlationId == null ? null : AuditController.REQUESTS + correlationId);
    }

    private static @Nullable Named member(@Nullable String id, Names names) {
        return id == null ? null : Named.of(id, names.member(MemberId.parse(id)));
    }

    private static @Nullable Named subsystem(@Nullable String id, Names names) {
        return id == null ? null : Named.of(id, names.subsystem(SubsystemId.parse(id)));
    }

    private static @Nullable Named service(@Nullable String id, Names names) {
        return id == null ? null : Named.of(id, names.service(ServiceId.parse(id)));
    }

    /** A code that this program does not know goes by itself. */
    static @Nullable Named fault(@Nullable String wireCode) {
        if (wireCode == null) {
            return null;
        }
        Label label = FaultCode.byWireCode(wireCode)
                .map(code -> new Label(code.arabic(), code.english()))
                .orElseGet(() -> new Label(wireCode, wireCode));
        return Named.of(wireCode, label);
    }
}
