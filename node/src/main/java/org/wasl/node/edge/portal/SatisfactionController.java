package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.FreeText;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.statistics.Ratings;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Header;

/**
 * How satisfied whoever asked is with the answer: said once, after it came, and kept in the log, tied to the request. The
 * average over all is among the exact statistics, with how many gave it.
 */
@RestController
public final class SatisfactionController {

    /** How many characters a comment may have. */
    static final int MOST_CHARACTERS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, FlatJson.Kind> MEMBERS =
            Map.of("score", FlatJson.Kind.NUMBER, "comment", FlatJson.Kind.TEXT);

    private final CompositeServices composites;
    private final AuditedLog log;
    private final MemberId member;
    private final Clock clock;

    /** @param member on whose behalf it is logged */
    public SatisfactionController(CompositeServices composites, AuditedLog log, MemberId member, Clock clock) {
        this.composites = composites;
        this.log = log;
        this.member = member;
        this.clock = clock;
    }

    /**
     * What was said of a request.
     *
     * @param open whether it may be said now
     * @param score from 1 to {@value Ratings#HIGHEST}; null while nothing was said, and once it was erased
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            boolean open,
            @Nullable Integer score,
            @Nullable String comment,
            @Nullable String at) {}

    @GetMapping(path = "/requests/{id}/satisfaction", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> said(@PathVariable String id, CallerAuthentication authentication) {
        CompositeResult result = own(id, authentication);
        Header request = Asked.header(result).orElseThrow(RequestsController::none);
        View view = find(request).map(this::view).orElseGet(() -> new View(ended(result), null, null, null));
        return fresh(HttpStatus.OK, view);
    }

    @PostMapping(path = "/requests/{id}/satisfaction", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> say(@PathVariable String id, CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        CompositeResult result = own(id, authentication);
        FlatJson body = FlatJson.read(request, MEMBERS);
        Integer score = body.number("score");
        if (score == null || !Ratings.isScore(score)) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "score must be a number from 1 to " + Ratings.HIGHEST + ".");
        }
        String comment = FreeText.read(body.text("comment"), "comment", 0, MOST_CHARACTERS);
        if (!ended(result)) {
            throw new RefusedException(FaultCode.SATISFACTION_EARLY, "The request has no final answer yet.");
        }
        Header asked = Asked.header(result).orElseThrow(RequestsController::none);
        return fresh(HttpStatus.CREATED, record(asked, score, comment));
    }

    /** One at a time, so that nobody says it twice. */
    private synchronized View record(Header asked, int score, @Nullable String comment) {
        if (find(asked).isPresent()) {
            throw new RefusedException(FaultCode.SATISFACTION_GIVEN, "It was rated before; that stands.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("score", score);
        if (comment != null) {
            document.put("comment", comment);
        }
        log.record(new LogEntry(
                member,
                Direction.RECORDED,
                now,
                null,
                asked.correlationId(),
                null,
                null,
                null,
                null,
                asked.service(),
                Ratings.PURPOSE,
                asked.actor().id(),
                null,
                null,
                null,
                null,
                octets(document)));
        return new View(false, score, comment, now.toString());
    }

    private CompositeResult own(String id, CallerAuthentication authentication) {
        UUID trackingId = MessageIds.uuid(id).orElseThrow(RequestsController::none);
        return composites
                .track(trackingId)
                .filter(result -> Asked.by(authentication.getPrincipal(), result))
                .orElseThrow(RequestsController::none);
    }

    private static boolean ended(CompositeResult result) {
        return result instanceof CompositeResult.Answered || result instanceof CompositeResult.Faulted;
    }

    private Optional<LogRow> find(Header asked) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECORDED.name())
                .withPurpose(Ratings.PURPOSE)
                .withCorrelationId(asked.correlationId())
                .withActor(asked.actor().id());
        List<FoundLeaf> found = log.search(query, null, Long.MAX_VALUE, 1);
        return found.stream().findFirst().flatMap(leaf -> log.row(leaf.index()));
    }

    private View view(LogRow row) {
        String at = Instant.ofEpochMilli(row.leaf().atMillis()).toString();
        Payload payload = row.payload();
        if (payload == null) {
            return new View(false, null, null, at);
        }
        try {
            JsonNode document = JSON.readTree(payload.container());
            String comment = document.path("comment").asText();
            return new View(false, document.path("score").asInt(), comment.isEmpty() ? null : comment, at);
        } catch (IOException foreign) {
            throw new IllegalStateException("record " + row.index() + " of the log is none of ours", foreign);
        }
    }

    private static byte[] octets(Map<String, Object> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers can be written", impossible);
        }
    }

    private static ResponseEntity<View> fresh(HttpStatus status, View view) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(view);
    }
}
