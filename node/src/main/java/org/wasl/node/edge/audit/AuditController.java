package org.wasl.node.edge.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/**
 * What auditors search and read: metadata, never content. Each search and each reading is itself in the log, durable
 * before it is answered; when it cannot be logged, nothing is answered.
 */
@RestController
public final class AuditController {

    /** Where the histories of requests are. */
    static final String REQUESTS = "/audit/requests/";

    /** Where the reason of a reading stands. */
    static final String REASON = "Wasl-Audit-Reason";

    private final AuditedLog log;
    private final AuditTrail trail;
    private final PageCursors cursors;
    private final Embargoes embargoes;
    private final HistoryReader histories;
    private final LeafSearch leaves;
    private final AuditSearchReader reader;

    public AuditController(
            AuditedLog log,
            AuditTrail trail,
            PageCursors cursors,
            Embargoes embargoes,
            HistoryReader histories,
            Names names,
            AuditSettings settings) {
        this.log = log;
        this.trail = trail;
        this.cursors = cursors;
        this.embargoes = embargoes;
        this.histories = histories;
        this.leaves = new LeafSearch(log, names, settings.scanMax());
        this.reader = new AuditSearchReader(settings.pageMax());
    }

    /** Searches; a body, since an address would stand in logs. */
    @PostMapping(path = "/audit/searches", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SearchPage> search(CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        AuditSearch search = reader.read(request);
        String auditor = authentication.getPrincipal().actorId();
        String cursor = search.cursor();
        long before = cursor == null ? log.size() : continued(cursor, auditor, search);
        LeafSearch.Found found = leaves.page(search, before);
        trail.searched(auditor, search, found.leaves().size(), cursor != null);
        @Nullable
        String next = found.next().isPresent() ? cursors.at(found.next().getAsLong(), auditor, search) : null;
        return fresh(new SearchPage(found.leaves(), next));
    }

    private long continued(String cursor, String auditor, AuditSearch search) {
        return cursors.read(cursor, auditor, search)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.AUDIT_CURSOR, "Send the search as before, or begin it anew without a cursor."));
    }

    /** The history of a request; of a composite one with all its steps. An agency's correlation id may have slashes. */
    @GetMapping(path = REQUESTS + "{*correlationId}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HistoryView> history(
            @PathVariable String correlationId, CallerAuthentication authentication, HttpServletRequest request) {
        String id = correlationId.substring(1);
        if (!RequestHeaders.TOKEN.matcher(id).matches()) {
            throw none();
        }
        String reason = StatedReason.ofHeader(new RequestHeaders(request)
                .value(REASON)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.AUDIT_REASON, "State the reason in the header " + REASON + ".")));
        RequestHistory history = RequestHistory.read(log, id);
        if (history.leaves().isEmpty()) {
            throw none();
        }
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("correlationId", id);
        target.put("results", history.leaves().size());
        trail.looked(
                authentication.getPrincipal().actorId(),
                AuditTrail.READ,
                reason,
                target,
                history.subjects(log),
                history.tellFrom(embargoes).orElse(null));
        return fresh(histories.view(id, history));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
    }

    private static RefusedException none() {
        return new RefusedException(FaultCode.REQUEST_NOT_FOUND, "There is no such request in this node's log.");
    }
}
