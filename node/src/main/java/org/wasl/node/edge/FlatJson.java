package org.wasl.node.edge;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** Reads a body that is one flat JSON object, strictly: a member that it does not know is refused, lest it be ignored. */
public final class FlatJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(8_000)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // What Jackson says of malformed text would repeat some of it.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** What a member is. */
    public enum Kind {
        TEXT,
        NUMBER,
        TRUTH
    }

    private final Map<String, Kind> known;
    private final Map<String, Object> members;

    private FlatJson(Map<String, Kind> known, Map<String, Object> members) {
        this.known = known;
        this.members = members;
    }

    /**
     * Reads the request's body.
     *
     * @param known the members that there may be, none of them required
     * @throws RefusedException when it is no JSON, no object, or holds something else
     */
    public static FlatJson read(HttpServletRequest request, Map<String, Kind> known) throws IOException {
        requireJson(request.getContentType());
        Map<String, Object> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(utf8(request.getInputStream().readAllBytes()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(FaultCode.REQUEST_INVALID, "The body must be one JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                members.put(name, value(name, known.get(name), parser));
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(FaultCode.REQUEST_MALFORMED, "Something follows the JSON object.");
            }
        } catch (JsonProcessingException malformed) {
            // Without the cause: the parser repeats what it could not read, which may be a person's number.
            throw new RefusedException(FaultCode.REQUEST_MALFORMED, "The body is not well-formed JSON.");
        }
        return new FlatJson(known, members);
    }

    /** The member's text; null when it is not there. */
    public @Nullable String text(String name) {
        return (String) declared(name, Kind.TEXT);
    }

    /** The member's number, the largest one for any that is larger; null when it is not there. */
    public @Nullable Integer number(String name) {
        return (Integer) declared(name, Kind.NUMBER);
    }

    /** Whether the member is there and true. */
    public boolean truth(String name) {
        return Boolean.TRUE.equals(declared(name, Kind.TRUTH));
    }

    private @Nullable Object declared(String name, Kind kind) {
        if (known.get(name) != kind) {
            throw new IllegalArgumentException(name + " is not declared as " + kind);
        }
        return members.get(name);
    }

    private static Object value(String name, @Nullable Kind kind, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (kind == null) {
            throw new RefusedException(FaultCode.REQUEST_INVALID, "The body has a member that does not belong there.");
        }
        if (kind == Kind.TEXT && token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (kind == Kind.NUMBER && token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getBigIntegerValue().bitLength() < Integer.SIZE ? parser.getIntValue() : Integer.MAX_VALUE;
        }
        if (kind == Kind.TRUTH && token != null && token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        throw new RefusedException(FaultCode.REQUEST_INVALID, "The member " + name + " is of the wrong type.");
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
}
