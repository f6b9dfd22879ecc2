package org.wasl.node.edge.portal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;

/** What a citizen has asked so far, so that a tracking number need not be kept; nobody else's is among it. */
@RestController
public final class OwnRequestsController {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");
    private static final Pattern COUNT = Pattern.compile("[1-9]|[1-4][0-9]|50");
    private static final int LIMIT = 20;

    private final OwnRequests requests;

    /** @param consumer the subsystem in whose name people ask */
    public OwnRequestsController(AuditedLog log, CompositeServices composites, SubsystemId consumer) {
        this.requests = new OwnRequests(log, composites, consumer);
    }

    @GetMapping(path = "/requests", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<OwnRequests.Page> own(
            CallerAuthentication authentication,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String limit) {
        if (before != null && !INDEX.matcher(before).matches()) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "before must be what an earlier page gave as next.");
        }
        if (limit != null && !COUNT.matcher(limit).matches()) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "limit must be 1 to 50.");
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(requests.page(
                        authentication.getPrincipal(),
                        before == null ? Long.MAX_VALUE : Long.parseLong(before),
                        limit == null ? LIMIT : Integer.parseInt(limit)));
    }
}
