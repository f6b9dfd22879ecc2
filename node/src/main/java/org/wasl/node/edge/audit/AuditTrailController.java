package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Label;

/** What the log knows of an auditor's own doings: their own trail, and nobody else's. */
@RestController
public final class AuditTrailController {

    private static final int PAGE = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditedLog log;
    private final Names names;

    public AuditTrailController(AuditedLog log, Names names) {
        this.log = log;
        this.names = names;
    }

    /**
     * One doing.
     *
     * @param what its code with its names
     * @param reason the stated reason; null once it was erased, or when it needs none
     * @param told whether whoever it was about is told of it, at once or later; false when it was about nobody
     * @param tellFrom from when they are told; null when at once
     * @param details what else was recorded: criteria, what was opened, how much was found
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            long index,
            String at,
            LeafView.Named what,
            @Nullable String reason,
            @Nullable String caseReference,
            boolean told,
            @Nullable String tellFrom,
            Map<String, String> details) {}

    /** @param next the index before which to go on; null when there is nothing more */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Entry> entries, @Nullable Long next) {}

    @GetMapping(path = "/audit/trail", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> trail(CallerAuthentication authentication, HttpServletRequest request) {
        LogQuery own = LogQuery.all()
                .withDirection(Direction.RECORDED.name())
                .withActor(authentication.getPrincipal().actorId());
        List<FoundLeaf> found = log.search(own, null, before(request), PAGE + 1);
        List<Entry> entries = new ArrayList<>();
        found.stream().limit(PAGE).forEach(leaf -> entries.add(entry(leaf)));
        Long next = found.size() > PAGE ? Long.valueOf(found.get(PAGE - 1).index()) : null;
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(new Page(entries, next));
    }

    private static long before(HttpServletRequest request) {
        String before = request.getParameter("before");
        if (before != null && !before.matches("[0-9]{1,18}")) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "before must be the number that a page gave.");
        }
        return before == null ? Long.MAX_VALUE : Long.parseLong(before);
    }

    private Entry entry(FoundLeaf leaf) {
        String code = Objects.requireNonNull(leaf.leaf().purpose(), "a record says what was done");
        Label label = names.purpose(code);
        Map<String, String> said = new LinkedHashMap<>();
        document(leaf.index()).ifPresent(document -> flatten("", document, said));
        // By whom: it is their own trail.
        said.remove("who");
        return new Entry(
                leaf.index(),
                Instant.ofEpochMilli(leaf.leaf().atMillis()).toString(),
                LeafView.Named.of(code, label),
                said.remove("reason"),
                said.remove("caseReference"),
                leaf.leaf().subject() != null,
                said.remove("tellFrom"),
                said);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        Iterator<Map.Entry<String, JsonNode>> members = node.fields();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            if (member.getValue().isObject()) {
                flatten(prefix + member.getKey() + ".", member.getValue(), into);
            } else {
                into.put(prefix + member.getKey(), member.getValue().asText());
            }
        }
    }

    private Optional<JsonNode> document(long index) {
        Optional<byte[]> octets = log.row(index)
                .flatMap(row -> Optional.ofNullable(row.payload()))
                .map(Payload::container);
        try {
            return octets.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(octets.get()));
        } catch (IOException foreign) {
            throw new IllegalStateException("record " + index + " of the log is none of ours", foreign);
        }
    }
}
