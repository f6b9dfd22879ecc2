package org.wasl.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;

/** What a simple value of a schema becomes in JSON. */
enum Scalar {
    BOOLEAN,
    INTEGER,
    /** Text whose blanks at both ends mean nothing: codes, dates, amounts. */
    TOKEN,
    /** Text as it stands. */
    TEXT;

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final int LONG_BITS = 63;

    JsonNode node(String value) {
        return switch (this) {
            case TEXT -> JSON.textNode(value);
            case TOKEN -> JSON.textNode(value.strip());
            case BOOLEAN ->
                JSON.booleanNode(value.strip().equals("true") || value.strip().equals("1"));
            case INTEGER -> integer(new BigInteger(value.strip()));
        };
    }

    private static JsonNode integer(BigInteger value) {
        return value.bitLength() <= LONG_BITS ? JSON.numberNode(value.longValueExact()) : JSON.numberNode(value);
    }

    /** The scalar of a type that XML Schema itself defines. */
    static Scalar ofBuiltIn(String localName) {
        return switch (localName) {
            case "boolean" -> BOOLEAN;
            case "integer",
                    "positiveInteger",
                    "nonNegativeInteger",
                    "nonPositiveInteger",
                    "negativeInteger",
                    "long",
                    "int",
                    "short",
                    "byte",
                    "unsignedLong",
                    "unsignedInt",
                    "unsignedShort",
                    "unsignedByte" -> INTEGER;
            case "string", "normalizedString" -> TEXT;
            default -> TOKEN;
        };
    }
}
