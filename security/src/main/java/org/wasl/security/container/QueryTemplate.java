package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the payload of a request that {@link PayloadXml} wrote, by the template that wrote it: neither parsed nor held
 * against the schema, since what passes here is valid by it. Whatever is written otherwise, or holds what is more than
 * printable ASCII, is left to the full way.
 */
final class QueryTemplate {

    /** As the schema has them. */
    private static final int MAX_PARAMETERS = 32;

    private static final int MAX_VALUE = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_\\-]{0,63}");
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{64}");

    private static final byte[] START = text("<env:payload xmlns:env=\"" + HeaderXml.NAMESPACE + "\" salt=\"");
    private static final byte[] QUERY = text("\"><env:query>");
    private static final byte[] PARAMETER = text("<env:parameter name=\"");
    private static final byte[] VALUE = text("\">");
    private static final byte[] PARAMETER_END = text("</env:parameter>");
    private static final byte[] END = text("</env:query></env:payload>");

    private QueryTemplate() {}

    /** The question's parameters in their order; empty when the template did not write these octets. */
    static Optional<Map<String, String>> read(byte[] payload) {
        try {
            TemplateCursor cursor = new TemplateCursor(payload);
            cursor.expect(START);
            matching(cursor, SALT);
            cursor.expect(QUERY);
            Map<String, String> parameters = new LinkedHashMap<>();
            while (cursor.passes(PARAMETER)) {
                String name = matching(cursor, NAME);
                cursor.expect(VALUE);
                String value = cursor.value();
                cursor.expect(PARAMETER_END);
                if (value.length() > MAX_VALUE || parameters.put(name, value) != null) {
                    throw new NotByTemplate();
                }
            }
            cursor.expect(END);
            cursor.end();
            return parameters.size() > MAX_PARAMETERS ? Optional.empty() : Optional.of(parameters);
        } catch (NotByTemplate e) {
            // Not a refusal: the full way says what it is.
            return Optional.empty();
        }
    }

    private static String matching(TemplateCursor cursor, Pattern pattern) throws NotByTemplate {
        String value = cursor.value();
        if (!pattern.matcher(value).matches()) {
            throw new NotByTemplate();
        }
        return value;
    }

    private static byte[] text(String template) {
        return template.getBytes(StandardCharsets.US_ASCII);
    }
}
