package org.wasl.node.edge.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** Reads a search from a request's body, strictly: a member that it does not know is refused, lest it be ignored. */
final class AuditSearchReader {

    /** How many leaves a page has when nothing is said. */
    static final int USUAL_LIMIT = 50;

    private static final int MAX_SUBJECT_CHARACTERS = 200;
    private static final int MAX_CURSOR_CHARACTERS = 200;
    private static final String SUBSYSTEM = "instance/class/member/subsystem";
    private static final String SERVICE = "instance/class/member/subsystem/service/vN";
    private static final String STATUS = "ANSWERED, REFUSED, FAILED or OPEN";
    private static final String NO_TOKEN = " must have 1 to 200 characters of A-Z a-z 0-9 . _ : / @ + = -";
    private static final Map<String, FlatJson.Kind> MEMBERS = members();

    private final int pageMax;

    AuditSearchReader(int pageMax) {
        this.pageMax = pageMax;
    }

    /** @throws RefusedException when the body is no search */
    AuditSearch read(HttpServletRequest request) throws IOException {
        FlatJson members = FlatJson.read(request, MEMBERS);
        String reason = StatedReason.of(members.text("reason"));
        String caseReference = token(members, "caseReference");
        boolean investigation = members.truth("investigation");
        if (investigation && caseReference == null) {
            throw refused("An investigation has a caseReference.");
        }
        String subject = text(members, "subject", MAX_SUBJECT_CHARACTERS);
        if (subject != null
                && (reason.contains(subject) || (caseReference != null && caseReference.contains(subject)))) {
            throw new RefusedException(
                    FaultCode.AUDIT_REASON,
                    "Do not name the subject in the reason or the case reference: they are kept.");
        }
        Instant from = instant(members, "from");
        Instant to = instant(members, "to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw refused("from must be before to.");
        }
        return new AuditSearch(
                reason,
                caseReference,
                investigation,
                subject,
                text(identifier(members, "consumer", SubsystemId::parse, SUBSYSTEM)),
                text(identifier(members, "provider", SubsystemId::parse, SUBSYSTEM)),
                text(identifier(members, "service", ServiceId::parse, SERVICE)),
                token(members, "purpose"),
                token(members, "person"),
                from,
                to,
                identifier(members, "status", RequestStatus::valueOf, STATUS),
                token(members, "refusalCode"),
                token(members, "correlationId"),
                limit(members),
                text(members, "cursor", MAX_CURSOR_CHARACTERS));
    }

    /** Refuses criteria that no search could have. */
    static void check(Map<String, String> criteria) {
        valid(criteria, "consumer", SubsystemId::parse, SUBSYSTEM);
        valid(criteria, "provider", SubsystemId::parse, SUBSYSTEM);
        valid(criteria, "service", ServiceId::parse, SERVICE);
        valid(criteria, "status", RequestStatus::valueOf, STATUS);
        valid(criteria, "from", OffsetDateTime::parse, "a date and time with its offset, as in RFC 3339");
        valid(criteria, "to", OffsetDateTime::parse, "a date and time with its offset, as in RFC 3339");
        for (String token : List.of("purpose", "person", "refusalCode", "correlationId")) {
            String text = criteria.get(token);
            if (text != null && !RequestHeaders.TOKEN.matcher(text).matches()) {
                throw refused(token + NO_TOKEN);
            }
        }
    }

    private static void valid(Map<String, String> criteria, String name, Function<String, ?> parse, String form) {
        String text = criteria.get(name);
        try {
            if (text != null) {
                Object unused = parse.apply(text);
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw refused(name + " must be " + form + ".");
        }
    }

    private static Map<String, FlatJson.Kind> members() {
        Map<String, FlatJson.Kind> members = new LinkedHashMap<>();
        for (String text : List.of(
                "reason",
                "caseReference",
                "subject",
                "consumer",
                "provider",
                "service",
                "purpose",
                "person",
                "from",
                "to",
                "status",
                "refusalCode",
                "correlationId",
                "cursor")) {
            members.put(text, FlatJson.Kind.TEXT);
        }
        members.put("limit", FlatJson.Kind.NUMBER);
        members.put("investigation", FlatJson.Kind.TRUTH);
        return Map.copyOf(members);
    }

    private int limit(FlatJson members) {
        Integer given = members.number("limit");
        int limit = given == null ? Math.min(USUAL_LIMIT, pageMax) : given;
        if (limit < 1 || limit > pageMax) {
            throw refused("limit must be 1 to " + pageMax + ".");
        }
        return limit;
    }

    private static @Nullable String text(FlatJson members, String name, int most) {
        String text = members.text(name);
        if (text != null
                && (text.isBlank()
                        || text.length() > most
                        || text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)))) {
            throw refused(name + " is blank, too long, or holds control characters.");
        }
        return text;
    }

    private static @Nullable String token(FlatJson members, String name) {
        String text = members.text(name);
        if (text != null && !RequestHeaders.TOKEN.matcher(text).matches()) {
            throw refused(name + NO_TOKEN);
        }
        return text;
    }

    private static @Nullable Instant instant(FlatJson members, String name) {
        String text = members.text(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw refused(name + " must be a date and time with its offset, as in RFC 3339.");
        }
    }

    private static <T> @Nullable T identifier(FlatJson members, String name, Function<String, T> parse, String form) {
        String text = members.text(name);
        try {
            return text == null ? null : parse.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw refused(name + " must be " + form + ".");
        }
    }

    private static @Nullable String text(@Nullable Object identifier) {
        return identifier == null ? null : identifier.toString();
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(FaultCode.REQUEST_PARAMETER, detail);
    }
}
