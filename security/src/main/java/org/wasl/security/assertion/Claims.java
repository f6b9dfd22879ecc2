package org.wasl.security.assertion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;

/** Reads claims by their types; a claim that is not what it must be refuses the assertion, by name and without value. */
final class Claims {

    private static final int MAX_ENTRIES = 64;
    private static final int MAX_CHARACTERS = 1000;
    /** The year 9999: what lies beyond is no time that a clock shows. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final Map<String, Object> values;

    Claims(Map<String, Object> values) {
        this.values = values;
    }

    String text(String name) throws Refusal {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) throws Refusal {
        Object value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(text(name, value));
    }

    /** One text, or several: as JWT writes an audience. */
    List<String> texts(String name) throws Refusal {
        Object value = present(name);
        if (value instanceof String) {
            return List.of(text(name, value));
        }
        if (!(value instanceof List<?> several) || several.size() > MAX_ENTRIES) {
            throw wrong(name, "not a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (Object each : several) {
            texts.add(text(name, each));
        }
        return texts;
    }

    Map<String, String> textsByName(String name) throws Refusal {
        if (!(present(name) instanceof Map<?, ?> several) || several.size() > MAX_ENTRIES) {
            throw wrong(name, "not an object of texts");
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<?, ?> each : several.entrySet()) {
            texts.put(String.valueOf(each.getKey()), text(name, each.getValue()));
        }
        return texts;
    }

    Instant instant(String name) throws Refusal {
        return optionalInstant(name).orElseThrow(() -> missing(name));
    }

    Optional<Instant> optionalInstant(String name) throws Refusal {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Long seconds && seconds > 0 && seconds <= MAX_SECONDS) {
            return Optional.of(Instant.ofEpochSecond(seconds));
        }
        throw wrong(name, "not a time in whole seconds");
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    private Object present(String name) throws Refusal {
        Object value = values.get(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private static String text(String name, Object value) throws Refusal {
        if (value instanceof String text && !text.isEmpty() && text.length() <= MAX_CHARACTERS) {
            return text;
        }
        throw wrong(name, "not a text of 1 to " + MAX_CHARACTERS + " characters");
    }

    private static Refusal missing(String name) {
        return new Refusal(FaultCode.ASSERTION_MALFORMED, "the claim " + name + " is missing");
    }

    static Refusal wrong(String name, String why) {
        return new Refusal(FaultCode.ASSERTION_MALFORMED, "the claim " + name + " is " + why);
    }
}
