package org.wasl.schemas.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the JDK validator's English message into one that says what is expected and not what was found. The greedy
 * {@code .*} before each fixed tail swallows the value, whatever quotes the value holds.
 */
final class SchemaMessage {

    private static final Pattern KEY = Pattern.compile("^([a-z]+(?:-[A-Za-z]+)*(?:\\.[0-9a-z]+)*): .*", Pattern.DOTALL);
    private static final Pattern EXPECTED = Pattern.compile("\"([^\"]*)\":([^,}]+)");
    private static final int MAX_EXPECTED = 12;
    private static final int MAX_FACET_CHARACTERS = 200;

    private static final Pattern TAIL_PATTERN = tail("with respect to pattern '(.*)' for type '[^']*'\\.$");
    private static final Pattern TAIL_ENUMERATION =
            tail("with respect to enumeration '\\[([^\\]]*)\\]'\\. It must be a value from the enumeration\\.$");
    private static final Pattern TAIL_LENGTH =
            tail("with respect to (?:max|min)?[lL]ength '([0-9]+)' for type '[^']*'\\.$");
    private static final Pattern TAIL_BOUND = tail(
            "with respect to (?:maxInclusive|maxExclusive|minInclusive|minExclusive) '([^']*)' for type '[^']*'\\.$");
    private static final Pattern TAIL_DIGITS = tail("(?:limited to|has been limited to) ([0-9]+)(?: digits)?\\.$");
    private static final Pattern TAIL_DATATYPE = tail("is not a valid value (?:for|of [a-z]+ type) '([^']*)'\\.$");
    private static final Pattern TAIL_EXPECTED = tail("One of '(\\{.*\\})' is expected\\.$");
    private static final Pattern TAIL_OCCURS = tail("(?:maximum|minimum) of '([0-9]+)'.*$");
    private static final Pattern TAIL_MISSING_ATTRIBUTE =
            Pattern.compile("^cvc-complex-type\\.4: Attribute '([^']*)' must appear on element.*", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE_NOT_ALLOWED = Pattern.compile(
            "^cvc-[a-z0-9.\\-]+: Attribute '([^']*)' (?:is not allowed|cannot appear).*", Pattern.DOTALL);
    private static final Pattern NO_ATTRIBUTES =
            Pattern.compile("^cvc-type\\.3\\.1\\.1: .* the attribute, '([^']*)' was found\\.$", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE_NOT_VALID = Pattern.compile(
            "^cvc-attribute\\.3: .* of attribute '([^']*)' on element '[^']*' is not valid with respect to its type,"
                    + " '[^']*'\\.$",
            Pattern.DOTALL);

    private final UnaryOperator<String> prefixes;

    /** @param prefixes from a namespace to the prefix that people know it by */
    SchemaMessage(UnaryOperator<String> prefixes) {
        this.prefixes = prefixes;
    }

    static String key(String message) {
        Matcher matcher = KEY.matcher(message);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The attribute that a message is about; empty when it is about an element. */
    static String attribute(String message) {
        for (Pattern pattern :
                List.of(ATTRIBUTE_NOT_VALID, TAIL_MISSING_ATTRIBUTE, ATTRIBUTE_NOT_ALLOWED, NO_ATTRIBUTES)) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }

    String explain(SchemaRule rule, String message) {
        return switch (rule) {
            case PATTERN -> with(TAIL_PATTERN, message, "the value does not follow the pattern ");
            case ENUMERATION -> with(TAIL_ENUMERATION, message, "the value is none of ");
            case MAX_LENGTH -> with(TAIL_LENGTH, message, "the value has more characters than ");
            case MIN_LENGTH -> with(TAIL_LENGTH, message, "the value has fewer characters than ");
            case LENGTH -> with(TAIL_LENGTH, message, "the value's length is not ");
            case MAXIMUM -> with(TAIL_BOUND, message, "the value is above the most allowed, ");
            case MINIMUM -> with(TAIL_BOUND, message, "the value is below the least allowed, ");
            case DIGITS -> with(TAIL_DIGITS, message, "the value has more digits than ");
            case DATATYPE -> with(TAIL_DATATYPE, message, "the value is no ");
            case UNEXPECTED_ELEMENT -> "this element is not expected here" + expected(message);
            case MISSING_ELEMENT -> "a required element is missing" + expected(message);
            case UNKNOWN_ELEMENT -> "no schema of the catalogue declares this element";
            case TOO_MANY -> with(TAIL_OCCURS, message, "this element occurs more often than ");
            case TOO_FEW -> with(TAIL_OCCURS, message, "an element occurs less often than ");
            case TEXT_NOT_ALLOWED -> "text stands where only elements are allowed";
            case ELEMENT_NOT_ALLOWED -> "an element stands where only a value is allowed";
            case UNEXPECTED_ATTRIBUTE -> "this attribute is not allowed here";
            case MISSING_ATTRIBUTE -> "this attribute is required";
            case UNKNOWN_ROOT -> "the schema has no such root element";
            case DUPLICATE_KEY -> "a value that must be unique occurs twice";
            case SCHEMA_INSTANCE -> "attributes of XMLSchema-instance are not allowed";
            case XML, UNKNOWN_SCHEMA, OTHER -> "the schema's rule " + key(message) + " does not hold";
        };
    }

    private String expected(String message) {
        Matcher tail = TAIL_EXPECTED.matcher(message);
        if (!tail.matches()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        Matcher name = EXPECTED.matcher(tail.group(1));
        while (name.find() && names.size() < MAX_EXPECTED) {
            names.add(prefixes.apply(name.group(1)) + ":" + name.group(2).trim());
        }
        return names.isEmpty() ? "" : "; expected: " + String.join(", ", names);
    }

    private static String with(Pattern tail, String message, String text) {
        Matcher matcher = tail.matcher(message);
        if (!matcher.matches()) {
            return text + "allowed";
        }
        String facet = matcher.group(1);
        return text + (facet.length() <= MAX_FACET_CHARACTERS ? facet : facet.substring(0, MAX_FACET_CHARACTERS) + "…");
    }

    private static Pattern tail(String tail) {
        return Pattern.compile("^cvc-.*" + tail, Pattern.DOTALL);
    }
}
