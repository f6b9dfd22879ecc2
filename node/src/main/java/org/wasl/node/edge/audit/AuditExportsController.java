package org.wasl.node.edge.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.node.audit.EvidenceExport;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/**
 * Hands an auditor the bundle of one request. It holds contents: so for a stated reason only, logged before it is made,
 * alarmed, and told to the person whom it is about. One bundle is made at a time.
 */
@RestController
public final class AuditExportsController {

    private final MessageLog log;
    private final LogSource source;
    private final Exporter exporter;
    private final BreakGlass breakGlass;

    /** Makes the exporter for the registry as it is now. */
    @FunctionalInterface
    public interface Exporter {
        EvidenceExport now() throws IOException;
    }

    public AuditExportsController(MessageLog log, LogSource source, Exporter exporter, BreakGlass breakGlass) {
        this.log = log;
        this.source = source;
        this.exporter = exporter;
        this.breakGlass = breakGlass;
    }

    @GetMapping("/audit/exports/{requestId}")
    ResponseEntity<byte[]> export(
            @PathVariable String requestId, CallerAuthentication authentication, HttpServletRequest request) {
        UUID id = opened(requestId, "bundle", authentication, request);
        return file("application/zip", "evidence-" + id + ".zip", bundle(id).zip());
    }

    /** The statement for people alone, as it is in the bundle. */
    @GetMapping("/audit/exports/{requestId}/statement")
    ResponseEntity<byte[]> statement(
            @PathVariable String requestId, CallerAuthentication authentication, HttpServletRequest request) {
        UUID id = opened(requestId, "statement", authentication, request);
        return file("application/pdf", "statement-" + id + ".pdf", bundle(id).statement());
    }

    /** Logs that it is opened; the request's id. */
    private UUID opened(
            String requestId, String what, CallerAuthentication authentication, HttpServletRequest request) {
        String reason = breakGlass.reason(request);
        UUID id = MessageIds.uuid(requestId).orElseThrow(AuditExportsController::none);
        List<StoredMessage> messages = log.messages(id);
        if (messages.isEmpty()) {
            throw none();
        }
        breakGlass.open(
                authentication.getPrincipal(),
                reason,
                what,
                id.toString(),
                messages.get(0).correlationId());
        return id;
    }

    private static ResponseEntity<byte[]> file(String type, String name, byte[] octets) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(octets);
    }

    private synchronized EvidenceExport.Bundle bundle(UUID id) {
        try {
            Optional<EvidenceExport.Bundle> bundle = exporter.now().export(source, id);
            return bundle.orElseThrow(AuditExportsController::none);
        } catch (LogStoreException | IOException e) {
            throw new LogUnavailableException("the bundle of " + id + " cannot be made", e);
        }
    }

    private static RefusedException none() {
        return new RefusedException(FaultCode.REQUEST_NOT_FOUND, "There is no such request in this node's log.");
    }
}
