package org.wasl.connectors.declaration;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${name}} in a declaration from the node's properties; what was filled in is never looked at again. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9.-]{1,100})}");

    private final Map<String, String> properties;

    Placeholders(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    Optional<String> fill(String text, Consumer<String> problem) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        boolean complete = true;
        while (matcher.find()) {
            String value = properties.get(matcher.group(1));
            if (value == null) {
                problem.accept("needs the property '" + matcher.group(1) + "', which the node does not give");
                complete = false;
                value = "";
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(filled);
        return complete ? Optional.of(filled.toString()) : Optional.empty();
    }
}
