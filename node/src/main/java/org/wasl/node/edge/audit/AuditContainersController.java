package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PlainPayload;

/**
 * Shows an auditor what a message says, raw and value by value: for a stated reason only, logged before it is opened, and
 * told to the person whom it is about. That it is genuine the history says, not this.
 */
@RestController
public final class AuditContainersController {

    /** The largest part that is shown; a larger one is to be had as the container. */
    private static final int MOST_OCTETS = 256 * 1024;

    private final MessageLog log;
    private final AsicContainerVerifier opener;
    private final PayloadOpener payloads;
    private final BreakGlass breakGlass;

    public AuditContainersController(
            MessageLog log, AsicContainerVerifier opener, PayloadOpener payloads, BreakGlass breakGlass) {
        this.log = log;
        this.opener = opener;
        this.payloads = payloads;
        this.breakGlass = breakGlass;
    }

    /**
     * What a message says.
     *
     * @param headerDigest SHA-256 of the header, as signed
     * @param payloadDigest SHA-256 of the payload, as signed
     * @param payload null when it is not shown
     * @param withheld why the payload is not shown: {@code DOCUMENT}, {@code ENCRYPTED} or {@code OVERSIZED}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String messageId,
            String correlationId,
            long leaf,
            String mediaType,
            String headerDigest,
            String payloadDigest,
            Part header,
            @Nullable Part payload,
            @Nullable String withheld) {}

    /**
     * One part of it.
     *
     * @param raw the very text
     * @param complete whether all of its values are told
     */
    record Part(String raw, List<XmlFields.Field> fields, boolean complete) {

        static Part of(byte[] octets) {
            List<XmlFields.Field> fields = XmlFields.of(octets).orElse(List.of());
            return new Part(new String(octets, StandardCharsets.UTF_8), fields, fields.size() < XmlFields.MOST);
        }
    }

    @GetMapping(path = "/audit/containers/{messageId}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> container(
            @PathVariable String messageId, CallerAuthentication authentication, HttpServletRequest request) {
        String reason = breakGlass.reason(request);
        UUID id = MessageIds.uuid(messageId).orElseThrow(AuditContainersController::none);
        for (StoredMessage message : log.messages(id)) {
            byte[] octets = message.container();
            if (octets != null && opener.open(octets) instanceof OpenResult.Opened opened) {
                breakGlass.open(
                        authentication.getPrincipal(), reason, "container", id.toString(), message.correlationId());
                return ResponseEntity.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .body(view(message, opened.container()));
            }
        }
        throw none();
    }

    private View view(StoredMessage message, Container container) {
        Optional<byte[]> payload = plain(container);
        boolean shown = payload.isPresent() && payload.get().length <= MOST_OCTETS;
        return new View(
                message.messageId().toString(),
                message.correlationId(),
                message.index(),
                container.header().payloadMediaType(),
                container.headerDigest(),
                container.payloadDigest(),
                Part.of(container.headerOctets()),
                shown ? Part.of(payload.get()) : null,
                shown ? null : withheld(container, payload));
    }

    private static String withheld(Container container, Optional<byte[]> payload) {
        if (container.header().hasDocument()) {
            return "DOCUMENT";
        }
        return payload.isPresent() ? "OVERSIZED" : "ENCRYPTED";
    }

    private Optional<byte[]> plain(Container container) {
        if (container.header().hasDocument()) {
            return Optional.empty();
        }
        return payloads.open(container) instanceof PlainPayload.Opened opened
                ? Optional.of(opened.octets())
                : Optional.empty();
    }

    private static RefusedException none() {
        return new RefusedException(
                FaultCode.CONTAINER_NOT_FOUND, "There is no such message in this node's log, or it was erased.");
    }
}
