package org.wasl.schemas.xml;

import java.util.Arrays;
import java.util.Optional;

/** The rules that a document can break, by names of ours that outlive a change of parser. */
public enum SchemaRule {
    PATTERN("pattern", "cvc-pattern-valid"),
    ENUMERATION("enumeration", "cvc-enumeration-valid"),
    MAX_LENGTH("max-length", "cvc-maxLength-valid"),
    MIN_LENGTH("min-length", "cvc-minLength-valid"),
    LENGTH("length", "cvc-length-valid"),
    MAXIMUM("maximum", "cvc-maxInclusive-valid", "cvc-maxExclusive-valid"),
    MINIMUM("minimum", "cvc-minInclusive-valid", "cvc-minExclusive-valid"),
    DIGITS("digits", "cvc-fractionDigits-valid", "cvc-totalDigits-valid"),
    DATATYPE("datatype", "cvc-datatype-valid"),
    /** An element stands where another, or none, is expected. */
    UNEXPECTED_ELEMENT("unexpected-element", "cvc-complex-type.2.4.a", "cvc-complex-type.2.4.d", "cvc-type.3.1.2"),
    /** An element ends before one that is required. */
    MISSING_ELEMENT("missing-element", "cvc-complex-type.2.4.b"),
    /** An element of a schema that is not known here. */
    UNKNOWN_ELEMENT("unknown-element", "cvc-complex-type.2.4.c"),
    /** An element occurs more often than allowed. */
    TOO_MANY("too-many", "cvc-complex-type.2.4.e", "cvc-complex-type.2.4.f"),
    /** An element occurs less often than required. */
    TOO_FEW(
            "too-few",
            "cvc-complex-type.2.4.g",
            "cvc-complex-type.2.4.h",
            "cvc-complex-type.2.4.i",
            "cvc-complex-type.2.4.j"),
    TEXT_NOT_ALLOWED("text-not-allowed", "cvc-complex-type.2.1", "cvc-complex-type.2.3"),
    ELEMENT_NOT_ALLOWED("element-not-allowed", "cvc-complex-type.2.2"),
    UNEXPECTED_ATTRIBUTE("unexpected-attribute", "cvc-complex-type.3.2", "cvc-type.3.1.1"),
    MISSING_ATTRIBUTE("missing-attribute", "cvc-complex-type.4"),
    /** The document's root is no root of the schema. */
    UNKNOWN_ROOT("unknown-root", "cvc-elt.1"),
    /** Two things carry a key that must be unique. */
    DUPLICATE_KEY("duplicate-key", "cvc-identity-constraint", "cvc-id"),
    /** A document may not bring or bend a schema of its own: xsi:type, xsi:nil, xsi:schemaLocation. */
    SCHEMA_INSTANCE("schema-instance"),
    /** The document breaks a rule of XML itself; the verdict's fault code says which. */
    XML("xml"),
    /** The namespace or version is in no catalogue. */
    UNKNOWN_SCHEMA("unknown-schema"),
    /** Any other rule of XML Schema. */
    OTHER("schema");

    private final String wireName;
    private final String[] keys;

    SchemaRule(String wireName, String... keys) {
        this.wireName = wireName;
        this.keys = keys;
    }

    /** The stable name, for example {@code max-length}. */
    public String wireName() {
        return wireName;
    }

    /** The rule that a validator's message stands for; empty when the message only repeats the one before it. */
    static Optional<SchemaRule> of(String key) {
        if (isEcho(key)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(rule -> Arrays.stream(rule.keys).anyMatch(k -> matches(key, k)))
                .findFirst()
                .orElse(OTHER));
    }

    /** The validator first says which facet failed, then that hence the element or attribute is not valid. */
    static boolean isEcho(String key) {
        return key.equals("cvc-type.3.1.3") || key.equals("cvc-attribute.3");
    }

    private static boolean matches(String key, String known) {
        return key.equals(known) || (key.startsWith(known) && key.charAt(known.length()) == '.');
    }
}
