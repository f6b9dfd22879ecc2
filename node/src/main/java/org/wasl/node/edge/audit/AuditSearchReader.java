package org.wasl.node.edge.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
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
    private static final Set<String> TEXTS = Set.of(
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
            "cursor");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(4_000)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // What Jackson says of malformed text would repeat some of it.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final int pageMax;

    AuditSearchReader(int pageMax) {
        this.pageMax = pageMax;
    }

    /** @throws RefusedException when the body is no search */
    AuditSearch read(HttpServletRequest request) throws IOException {
        requireJson(request.getContentType());
        Map<String, Object> members = members(request.getInputStream().readAllBytes());
        String reason = StatedReason.of((String) members.get("reason"));
        String caseReference = token(members, "caseReference");
        boolean investigation = Boolean.TRUE.equals(members.get("investigation"));
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
                text(identifier(members, "consumer", SubsystemId::parse, "instance/class/member/subsystem")),
                text(identifier(members, "provider", SubsystemId::parse, "instance/class/member/subsystem")),
                text(identifier(members, "service", ServiceId::parse, "instance/class/member/subsystem/service/vN")),
                token(members, "purpose"),
                token(members, "person"),
                from,
                to,
                identifier(members, "status", RequestStatus::valueOf, "ANSWERED, REFUSED, FAILED or OPEN"),
                token(members, "refusalCode"),
                token(members, "correlationId"),
                limit(members),
                text(members, "cursor", MAX_CURSOR_CHARACTERS));
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            MediaType type = contentType == null ? null : MediaType.parseMediaType(contentType);
            if (type != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()))) {
                return;
            }
        } catch (InvalidMediaTypeException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_MEDIA_TYPE, "The Content-Type header cannot be read.", malformed);
        }
        throw new RefusedException(FaultCode.REQUEST_MEDIA_TYPE, "Send application/json, in UTF-8.");
    }

    private static Map<String, Object> members(byte[] octets) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(utf8(octets))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(FaultCode.REQUEST_INVALID, "The body must be one JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                members.put(name, value(name, parser));
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(FaultCode.REQUEST_MALFORMED, "Something follows the JSON object.");
            }
        } catch (JsonProcessingException malformed) {
            // Without the cause: the parser repeats what it could not read, which may be a person's number.
            throw new RefusedException(FaultCode.REQUEST_MALFORMED, "The body is not well-formed JSON.");
        }
        return members;
    }

    private static Object value(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (TEXTS.contains(name) && token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if ("limit".equals(name) && token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getBigIntegerValue().bitLength() < Integer.SIZE ? parser.getIntValue() : Integer.MAX_VALUE;
        }
        if ("investigation".equals(name) && token != null && token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        boolean known = TEXTS.contains(name) || "limit".equals(name) || "investigation".equals(name);
        throw new RefusedException(
                FaultCode.REQUEST_INVALID,
                known
                        ? "The member " + name + " is of the wrong type."
                        : "The body has a member that a search does not have.");
    }

    private static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new RefusedException(FaultCode.REQUEST_MALFORMED, "The body is not UTF-8.", malformed);
        }
    }

    private int limit(Map<String, Object> members) {
        int limit = (Integer) members.getOrDefault("limit", Math.min(USUAL_LIMIT, pageMax));
        if (limit < 1 || limit > pageMax) {
            throw refused("limit must be 1 to " + pageMax + ".");
        }
        return limit;
    }

    private static @Nullable String text(Map<String, Object> members, String name, int most) {
        String text = (String) members.get(name);
        if (text != null
                && (text.isBlank()
                        || text.length() > most
                        || text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)))) {
            throw refused(name + " is blank, too long, or holds control characters.");
        }
        return text;
    }

    private static @Nullable String token(Map<String, Object> members, String name) {
        String text = (String) members.get(name);
        if (text != null && !RequestHeaders.TOKEN.matcher(text).matches()) {
            throw refused(name + " must have 1 to 200 characters of A-Z a-z 0-9 . _ : / @ + = -");
        }
        return text;
    }

    private static @Nullable Instant instant(Map<String, Object> members, String name) {
        String text = (String) members.get(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw refused(name + " must be a date and time with its offset, as in RFC 3339.");
        }
    }

    private static <T> @Nullable T identifier(
            Map<String, Object> members, String name, Function<String, T> parse, String form) {
        String text = (String) members.get(name);
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
