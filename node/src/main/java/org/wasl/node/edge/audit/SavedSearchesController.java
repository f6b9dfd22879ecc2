package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.FreeText;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/**
 * The searches that an auditor keeps for later: what for, never about whom. Whether a person is part of it is kept, their
 * number is asked for anew each time. Kept in the log, as all that auditors do; the reason is stated when searching.
 */
@RestController
public final class SavedSearchesController {

    /** A search was saved. */
    static final String SAVED = "SAVED_SEARCH";

    /** A saved search was removed. */
    static final String REMOVED = "SAVED_SEARCH_REMOVED";

    /** How many one auditor may keep. */
    static final int MOST = 50;

    /** How far back they are looked for: saved and removed ones together. */
    private static final int MOST_RECORDS = 1_000;

    private static final int MOST_NAME_CHARACTERS = 80;

    /** What may be a person's number. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}{9,}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CRITERIA = List.of(
            "consumer",
            "provider",
            "service",
            "purpose",
            "person",
            "from",
            "to",
            "status",
            "refusalCode",
            "correlationId");
    private static final Map<String, FlatJson.Kind> MEMBERS = members();

    private final AuditedLog log;
    private final AuditSettings settings;
    private final Clock clock;

    public SavedSearchesController(AuditedLog log, AuditSettings settings, Clock clock) {
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A saved search.
     *
     * @param withSubject whether a person is to be asked for
     * @param criteria the members of a search that are the same each time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Saved(String id, String name, String at, boolean withSubject, Map<String, String> criteria) {}

    record Page(List<Saved> searches) {}

    @GetMapping(path = "/audit/saved-searches", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> list(CallerAuthentication authentication) {
        return fresh(HttpStatus.OK, new Page(of(authentication.getPrincipal().actorId())));
    }

    @PostMapping(path = "/audit/saved-searches", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Saved> save(CallerAuthentication authentication, HttpServletRequest request) throws IOException {
        FlatJson body = FlatJson.read(request, MEMBERS);
        String name = Objects.requireNonNull(
                FreeText.read(body.text("name"), "name", 1, MOST_NAME_CHARACTERS), "it is not empty");
        Map<String, String> criteria = new LinkedHashMap<>();
        for (String criterion : CRITERIA) {
            String text = body.text(criterion);
            if (text != null) {
                criteria.put(criterion, text);
            }
        }
        AuditSearchReader.check(criteria);
        boolean numbered = NUMBER.matcher(name).find()
                || criteria.values().stream()
                        .anyMatch(value -> NUMBER.matcher(value).matches());
        if (numbered) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "Save no person's number: it is asked for at each search.");
        }
        Saved saved =
                keep(authentication.getPrincipal().actorId(), name, body.truth("withSubject"), Map.copyOf(criteria));
        return fresh(HttpStatus.CREATED, saved);
    }

    @PostMapping("/audit/saved-searches/{id}/removal")
    ResponseEntity<Void> remove(@PathVariable String id, CallerAuthentication authentication) {
        UUID saved = MessageIds.uuid(id).orElseThrow(SavedSearchesController::unknown);
        removed(authentication.getPrincipal().actorId(), saved);
        return ResponseEntity.noContent().build();
    }

    /** One at a time, so that the bound holds. */
    private synchronized Saved keep(String auditor, String name, boolean withSubject, Map<String, String> criteria) {
        if (of(auditor).size() >= MOST) {
            throw new RefusedException(FaultCode.SAVED_SEARCH_LIMIT, "At most " + MOST + " searches may be saved.");
        }
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("withSubject", withSubject);
        document.put("criteria", criteria);
        log.record(entry(id, now, SAVED, auditor, document));
        return new Saved(id.toString(), name, now.toString(), withSubject, criteria);
    }

    private synchronized void removed(String auditor, UUID id) {
        if (of(auditor).stream().noneMatch(saved -> saved.id().equals(id.toString()))) {
            throw unknown();
        }
        log.record(entry(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), REMOVED, auditor, Map.of()));
    }

    private LogEntry entry(UUID id, Instant at, String purpose, String auditor, Map<String, Object> document) {
        return new LogEntry(
                settings.member(),
                Direction.RECORDED,
                at,
                null,
                id.toString(),
                null,
                null,
                null,
                null,
                null,
                purpose,
                auditor,
                null,
                null,
                null,
                null,
                octets(document));
    }

    /** Newest first. */
    private List<Saved> of(String auditor) {
        Set<String> removed = new HashSet<>();
        records(auditor, REMOVED)
                .forEach(leaf -> removed.add(String.valueOf(leaf.leaf().correlationId())));
        List<Saved> saved = new ArrayList<>();
        for (FoundLeaf leaf : records(auditor, SAVED)) {
            if (saved.size() < MOST
                    && !removed.contains(String.valueOf(leaf.leaf().correlationId()))) {
                read(leaf).ifPresent(saved::add);
            }
        }
        return saved;
    }

    private List<FoundLeaf> records(String auditor, String purpose) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECORDED.name())
                .withPurpose(purpose)
                .withActor(auditor);
        return log.search(query, null, Long.MAX_VALUE, MOST_RECORDS);
    }

    /** Empty once its retention was over. */
    private Optional<Saved> read(FoundLeaf leaf) {
        Optional<byte[]> octets = log.row(leaf.index())
                .flatMap(row -> Optional.ofNullable(row.payload()))
                .map(Payload::container);
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        try {
            Document document = JSON.readValue(octets.get(), new TypeReference<Document>() {});
            return Optional.of(new Saved(
                    String.valueOf(leaf.leaf().correlationId()),
                    document.name(),
                    Instant.ofEpochMilli(leaf.leaf().atMillis()).toString(),
                    document.withSubject(),
                    document.criteria()));
        } catch (IOException foreign) {
            throw new IllegalStateException("record " + leaf.index() + " of the log is none of ours", foreign);
        }
    }

    /** As it is kept. */
    private record Document(String name, boolean withSubject, Map<String, String> criteria) {}

    private static Map<String, FlatJson.Kind> members() {
        Map<String, FlatJson.Kind> members = new LinkedHashMap<>();
        members.put("name", FlatJson.Kind.TEXT);
        members.put("withSubject", FlatJson.Kind.TRUTH);
        CRITERIA.forEach(criterion -> members.put(criterion, FlatJson.Kind.TEXT));
        return Map.copyOf(members);
    }

    private static byte[] octets(Map<String, Object> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and booleans can be written", impossible);
        }
    }

    private static <T> ResponseEntity<T> fresh(HttpStatus status, T body) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(body);
    }

    private static RefusedException unknown() {
        return new RefusedException(FaultCode.SAVED_SEARCH_UNKNOWN, "There is no such saved search.");
    }
}
