package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a service's form, made of the service's own declaration.
 *
 * @param subject whether it names whom the request is about
 * @param form how it is written
 */
record InputField(String name, String label, boolean required, Pattern pattern, boolean subject, Form form) {

    private static final Pattern DIGITS = Pattern.compile("\\[0-9]\\{(\\d+)(?:,(\\d+))?}");
    private static final Pattern DIGITS_ALONE = Pattern.compile("^" + DIGITS.pattern() + "$");
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    /**
     * How a field is written.
     *
     * @param kind {@code digits}, {@code day} or {@code text}
     * @param least how many digits at least; 0 where it is no number
     * @param most how many digits at most; 0 where it is no number
     */
    record Form(String kind, int least, int most) {}

    static InputField of(JsonNode input, Words.In words) {
        String pattern = input.path("pattern").asText(".{0,200}");
        return new InputField(
                input.path("name").asText(),
                words.text(input.path("label"), input.path("name").asText()),
                input.path("required").asBoolean(),
                Pattern.compile(pattern),
                input.path("subject").asBoolean(),
                form(pattern));
    }

    private static Form form(String pattern) {
        if (DAY.equals(pattern)) {
            return new Form("day", 0, 0);
        }
        Matcher digits = DIGITS_ALONE.matcher(pattern);
        if (digits.matches()) {
            int least = Integer.parseInt(digits.group(1));
            return new Form(
                    "digits",
                    least,
                    Optional.ofNullable(digits.group(2)).map(Integer::parseInt).orElse(least));
        }
        return new Form("text", 0, 0);
    }

    /** The key of what is said about how to write it; empty when there is nothing to say. */
    public String hint() {
        return switch (form.kind()) {
            case "digits" -> form.least() == form.most() ? "portal.hint.digits" : "portal.hint.digits-between";
            case "day" -> "portal.hint.day";
            default -> "";
        };
    }

    /** What was typed, without blanks around, and with the digits that the bus reads. */
    static String normal(String typed) {
        StringBuilder text = new StringBuilder();
        typed.strip().codePoints().forEach(point -> {
            int digit = Character.digit(point, 10);
            if (digit >= 0 && Character.isDigit(point)) {
                text.append(digit);
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }

    /** The key of what is wrong with this value; empty when nothing is. */
    String wrong(String value) {
        if (value.isEmpty()) {
            return required ? "portal.error.required" : "";
        }
        if (pattern.matcher(value).matches()) {
            return "";
        }
        return switch (form.kind()) {
            case "digits" -> form.least() == form.most() ? "portal.error.digits" : "portal.error.digits-between";
            case "day" -> "portal.error.day";
            default -> "portal.error.form";
        };
    }
}
