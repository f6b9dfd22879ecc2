package org.wasl.node.edge.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;

/**
 * What people ask about uses of their data, and what auditors answer: records in the log, about the person, tied together
 * by the question's id. There is no other place where they are kept.
 */
public final class Questions {

    /** Somebody asked. */
    public static final String ASKED = "USAGE_QUESTION";

    /** An auditor answered. */
    public static final String ANSWERED = "USAGE_ANSWER";

    /** How many questions of one person may be without an answer. */
    static final int MOST_OPEN = 20;

    /** How many of one person's questions are looked at: the newest. */
    static final int MOST_TOLD = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditedLog log;
    private final MemberId member;
    private final Clock clock;

    /** @param member on whose behalf they are logged */
    public Questions(AuditedLog log, MemberId member, Clock clock) {
        this.log = log;
        this.member = member;
        this.clock = clock;
    }

    /** One person's questions, newest first. */
    List<Question> of(String person) {
        return log.search(LogQuery.all().withPurpose(ASKED), person, Long.MAX_VALUE, MOST_TOLD).stream()
                .map(this::read)
                .toList();
    }

    /** The questions before this index, newest first. */
    List<Question> before(long index, int limit) {
        return log.search(LogQuery.all().withPurpose(ASKED), null, index, limit).stream()
                .map(this::read)
                .toList();
    }

    /**
     * Keeps a question. One at a time, so that nobody asks twice or too much.
     *
     * @param person their number; only a keyed hash of it is kept
     * @param actor their opaque id
     */
    synchronized Question ask(String person, String actor, Question.AskedUse use, String text) {
        List<Question> earlier = of(person);
        if (earlier.stream().anyMatch(question -> asksAbout(question, use))) {
            throw new RefusedException(FaultCode.QUESTION_ASKED, "There is one question about each use.");
        }
        if (earlier.stream().filter(question -> question.answer() == null).count() >= MOST_OPEN) {
            throw new RefusedException(
                    FaultCode.QUESTION_LIMIT, "At most " + MOST_OPEN + " questions may wait for an answer.");
        }
        UUID id = UUID.randomUUID();
        Instant now = now();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("use", use.id());
        document.put("leaf", use.leaf());
        document.put("at", use.at().toString());
        document.put("receiver", use.receiver());
        document.put("purpose", use.purpose());
        document.put("text", text);
        log.record(entry(id, now, ASKED, actor, person, document));
        return new Question(id, -1, now, use, text, null);
    }

    /** Keeps an answer. One at a time, so that each question has one. */
    synchronized Question answer(UUID id, String auditor, String text) {
        FoundLeaf asked = find(id, ASKED)
                .orElseThrow(() -> new RefusedException(FaultCode.QUESTION_UNKNOWN, "There is no such question."));
        if (find(id, ANSWERED).isPresent()) {
            throw new RefusedException(FaultCode.QUESTION_ANSWERED, "It was answered before; that stands.");
        }
        LogEntry entry = entry(id, now(), ANSWERED, auditor, null, Map.of("text", text));
        byte[] subject = log.row(asked.index()).map(LogRow::subjectHash).orElse(null);
        if (subject == null) {
            log.record(entry);
        } else {
            log.record(entry, subject);
        }
        return read(asked);
    }

    private static boolean asksAbout(Question question, Question.AskedUse use) {
        Question.AskedUse about = question.use();
        return about != null && about.id().equals(use.id());
    }

    private LogEntry entry(
            UUID id, Instant at, String purpose, String actor, @Nullable String subject, Map<String, Object> document) {
        return new LogEntry(
                member,
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
                actor,
                null,
                null,
                subject,
                null,
                octets(document));
    }

    private Optional<FoundLeaf> find(UUID id, String purpose) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECORDED.name())
                .withPurpose(purpose)
                .withCorrelationId(id.toString());
        return log.search(query, null, Long.MAX_VALUE, 1).stream().findFirst();
    }

    private Question read(FoundLeaf found) {
        UUID id = UUID.fromString(Objects.requireNonNull(found.leaf().correlationId(), "a question has an id"));
        Instant asked = Instant.ofEpochMilli(found.leaf().atMillis());
        Question.Answer answer = find(id, ANSWERED).map(this::answer).orElse(null);
        Optional<JsonNode> document = document(found.index());
        if (document.isEmpty()) {
            return new Question(id, found.index(), asked, null, null, answer);
        }
        JsonNode said = document.get();
        return new Question(
                id,
                found.index(),
                asked,
                new Question.AskedUse(
                        said.path("use").asText(),
                        said.path("leaf").asLong(),
                        Instant.parse(said.path("at").asText()),
                        said.path("receiver").asText(),
                        said.path("purpose").asText()),
                said.path("text").asText(),
                answer);
    }

    private Question.Answer answer(FoundLeaf found) {
        return new Question.Answer(
                Instant.ofEpochMilli(found.leaf().atMillis()),
                String.valueOf(found.leaf().actor()),
                document(found.index())
                        .map(document -> document.path("text").asText())
                        .orElse(null));
    }

    /** What was recorded; empty once it was erased. */
    private Optional<JsonNode> document(long index) {
        Optional<byte[]> octets = log.row(index)
                .flatMap(row -> Optional.ofNullable(row.payload()))
                .map(Payload::container);
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(octets.get()));
        } catch (IOException foreign) {
            throw new IllegalStateException("record " + index + " of the log is none of ours", foreign);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static byte[] octets(Map<String, Object> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers can be written", impossible);
        }
    }
}
