package org.wasl.connectors.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body as JSON in which a text may be one parameter in braces, {@code "{ticket}"}; {@code "{fils:number}"} becomes a
 * number. A value can only ever be one text or number in it, whatever it holds.
 */
public final class JsonTemplate {

    private static final Pattern PARAMETER = Pattern.compile("\\{(wasl\\.messageId|[A-Za-z][A-Za-z0-9]*)(:number)?}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(?:\\.[0-9]{1,30})?");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonTemplate() {}

    /** What is wrong with a template; empty for none at all too. Each parameter in it is named. */
    static Optional<String> problem(String template, Consumer<String> parameters) {
        if (template.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(template);
            if (!root.isObject() && !root.isArray()) {
                return Optional.of("must be one JSON object or array");
            }
            filled(root, text -> {
                Matcher matcher = PARAMETER.matcher(text);
                if (matcher.matches()) {
                    parameters.accept(matcher.group(1));
                }
                return "0";
            });
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("is not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * The body with its values.
     *
     * @throws IllegalArgumentException when a value that has to be a number is none
     */
    public static String fill(String template, UnaryOperator<String> value) {
        try {
            return filled(JSON.readTree(template), text -> {
                        Matcher matcher = PARAMETER.matcher(text);
                        return matcher.matches() ? value.apply(matcher.group(1)) : text;
                    })
                    .toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a declared body was read before", e);
        }
    }

    private static JsonNode filled(JsonNode node, UnaryOperator<String> value) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(field -> copy.set(field.getKey(), filled(field.getValue(), value)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(filled(item, value)));
            return copy;
        }
        if (!node.isTextual()) {
            return node;
        }
        String text = value.apply(node.textValue());
        Matcher matcher = PARAMETER.matcher(node.textValue());
        if (!matcher.matches() || matcher.group(2) == null) {
            return TextNode.valueOf(text);
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("a parameter is not a number");
        }
        return DecimalNode.valueOf(new BigDecimal(text));
    }
}
