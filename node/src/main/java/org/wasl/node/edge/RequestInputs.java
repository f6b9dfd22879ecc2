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
import java.util.regex.Pattern;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Reads the inputs of a request: names and texts, from the address, from JSON, or from the envelope's query in XML. */
public final class RequestInputs {

    /** The most inputs that a request may have, as in the envelope's schema. */
    public static final int MAX_INPUTS = 32;

    private static final int MAX_VALUE_CHARACTERS = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final String ENVELOPE = "urn:wasl:envelope:1";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(10_000)
                    .maxNameLength(256)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RequestInputs() {}

    /**
     * The inputs of this request: of its body, or of its query string when it has none.
     *
     * @throws RefusedException when they cannot be read
     */
    public static Map<String, String> read(HttpServletRequest request) throws IOException {
        Map<String, String> inputs = "GET".equals(request.getMethod()) ? query(request) : body(request);
        inputs.forEach(RequestInputs::check);
        return inputs;
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "A parameter's name is not valid.");
        }
        boolean control = value.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
        if (value.length() > MAX_VALUE_CHARACTERS || control) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "The value of " + name + " is too long or holds control characters.");
        }
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> inputs = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length != 1) {
                throw new RefusedException(FaultCode.REQUEST_PARAMETER, "A parameter is given more than once.");
            }
            put(inputs, name, values[0]);
        });
        return inputs;
    }

    private static Map<String, String> body(HttpServletRequest request) throws IOException {
        MediaType type = mediaType(request.getContentType());
        byte[] octets = request.getInputStream().readAllBytes();
        if (MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            return json(octets);
        }
        return xml(octets);
    }

    private static MediaType mediaType(String contentType) {
        MediaType type;
        try {
            type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_MEDIA_TYPE, "The Content-Type header cannot be read.", malformed);
        }
        boolean taken = MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                || MediaType.APPLICATION_XML.equalsTypeAndSubtype(type)
                || MediaType.TEXT_XML.equalsTypeAndSubtype(type);
        boolean utf8 = type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset());
        if (!taken || !utf8) {
            throw new RefusedException(
                    FaultCode.REQUEST_MEDIA_TYPE, "Send application/json or application/xml, in UTF-8.");
        }
        return type;
    }

    /** One flat object of texts: numbers would lose their leading zeros, and structure means nothing here. */
    private static Map<String, String> json(byte[] octets) {
        Map<String, String> inputs = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(utf8(octets))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(FaultCode.REQUEST_INVALID, "The body must be one JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw new RefusedException(
                            FaultCode.REQUEST_INVALID, "Every member of the JSON object must be a string.");
                }
                put(inputs, name, parser.getText());
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(FaultCode.REQUEST_MALFORMED, "Something follows the JSON object.");
            }
        } catch (JsonProcessingException malformed) {
            throw new RefusedException(FaultCode.REQUEST_MALFORMED, "The body is not well-formed JSON.", malformed);
        } catch (IOException unreadable) {
            throw new RefusedException(FaultCode.REQUEST_MALFORMED, "The body cannot be read.", unreadable);
        }
        return inputs;
    }

    /** Decoded strictly: JSON in another encoding, or broken UTF-8, is refused rather than guessed at. */
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

    private static Map<String, String> xml(byte[] octets) {
        XmlVerdict verdict = HardenedXml.parse(octets, XmlRules.WIRE);
        if (verdict instanceof XmlVerdict.Refused refused) {
            throw new RefusedException(edgeCode(refused.code()), refused.reason());
        }
        Element query = ((XmlVerdict.Parsed) verdict).document().getDocumentElement();
        if (!ENVELOPE.equals(query.getNamespaceURI()) || !"query".equals(query.getLocalName())) {
            throw new RefusedException(FaultCode.REQUEST_INVALID, "The body must be a query of " + ENVELOPE + ".");
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Node node = query.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element parameter) {
                boolean known = ENVELOPE.equals(parameter.getNamespaceURI())
                        && "parameter".equals(parameter.getLocalName())
                        && parameter.hasAttribute("name");
                if (!known) {
                    throw new RefusedException(
                            FaultCode.REQUEST_INVALID, "A query holds parameters, each with a name.");
                }
                put(inputs, parameter.getAttribute("name"), parameter.getTextContent());
            }
        }
        return inputs;
    }

    /** At an edge, what is wrong with a request's body is said in the words for requests. */
    private static FaultCode edgeCode(FaultCode code) {
        return switch (code) {
            case XML_MALFORMED -> FaultCode.REQUEST_MALFORMED;
            case XML_DOCTYPE -> FaultCode.REQUEST_DOCTYPE;
            case XML_LIMIT -> FaultCode.REQUEST_OVERSIZED;
            default -> code;
        };
    }

    private static void put(Map<String, String> inputs, String name, String value) {
        if (inputs.size() >= MAX_INPUTS) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "At most " + MAX_INPUTS + " parameters are taken.");
        }
        if (inputs.put(name, value) != null) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "A parameter is given more than once.");
        }
    }
}
