package org.wasl.node.edge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.store.LogRow;

/**
 * Writes into the log what auditors do, durable before they are answered: without a log there is no audit. The document
 * says who, what for and by which criteria; a person's number stands in none.
 */
public final class AuditTrail {

    /** An auditor's search. */
    public static final String SEARCH = "AUDIT_SEARCH";

    /** An auditor's reading of a request's history. */
    public static final String READ = "AUDIT_READ";

    /** An auditor's reading of people's questions. */
    public static final String QUESTIONS = "AUDIT_QUESTIONS";

    /** An auditor's look for unusual patterns. */
    public static final String ANOMALIES = "AUDIT_ANOMALIES";

    /** An auditor's opening of content. */
    public static final String BREAK_GLASS = "BREAK_GLASS";

    private static final String TELL_FROM = "tellFrom";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditedLog log;
    private final AuditSettings settings;
    private final Clock clock;

    public AuditTrail(AuditedLog log, AuditSettings settings, Clock clock) {
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Records a search.
     *
     * @param results how many leaves are about to be told
     * @param continued whether it is not the first page
     */
    void searched(String auditor, AuditSearch search, int results, boolean continued) {
        Instant now = now();
        Map<String, Object> document = document(auditor, search.reason(), search.caseReference());
        document.put("criteria", search.criteria());
        document.put("results", results);
        document.put("continued", continued);
        if (search.investigation()) {
            document.put("investigation", true);
            document.put(TELL_FROM, now.plus(settings.investigationEmbargo()).toString());
        }
        log.record(LogEntry.recorded(settings.member(), now, SEARCH, auditor, search.subject(), octets(document)));
    }

    /**
     * Records that an auditor looked at what is about these subjects; once for each, so that each finds it.
     *
     * @param what {@link #READ} or {@link #BREAK_GLASS}
     * @param target what was looked at: names and values that may be kept
     * @param subjects the keyed hashes of those whom it is about
     * @param tellFrom from when they may be told; null when at once
     */
    public void looked(
            String auditor,
            String what,
            String reason,
            Map<String, Object> target,
            Collection<byte[]> subjects,
            @Nullable Instant tellFrom) {
        Instant now = now();
        Map<String, Object> document = document(auditor, reason, null);
        document.putAll(target);
        if (tellFrom != null && tellFrom.isAfter(now)) {
            document.put(TELL_FROM, tellFrom.toString());
        }
        LogEntry entry = LogEntry.recorded(settings.member(), now, what, auditor, null, octets(document));
        if (subjects.isEmpty()) {
            log.record(entry);
        }
        for (byte[] subject : subjects) {
            log.record(entry, subject);
        }
    }

    /**
     * From when the person may be told of this record; empty when at once.
     *
     * @param row a row that this class wrote, and that was not erased
     */
    public static Optional<Instant> tellFrom(LogRow row) {
        if (row.payload() == null) {
            return Optional.empty();
        }
        try {
            JsonNode from = JSON.readTree(row.payload().container()).path(TELL_FROM);
            return from.isTextual() ? Optional.of(Instant.parse(from.asText())) : Optional.empty();
        } catch (IOException | DateTimeParseException foreign) {
            throw new IllegalStateException("record " + row.index() + " of the log is none of ours", foreign);
        }
    }

    private static Map<String, Object> document(String auditor, String reason, @Nullable String caseReference) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("who", auditor);
        document.put("reason", reason);
        if (caseReference != null) {
            document.put("caseReference", caseReference);
        }
        return document;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static byte[] octets(Map<String, Object> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts, numbers and booleans can be written", impossible);
        }
    }
}
