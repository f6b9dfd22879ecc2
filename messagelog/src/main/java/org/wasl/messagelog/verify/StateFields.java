package org.wasl.messagelog.verify;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a state of verifying: names and values, each a line of text. */
final class StateFields {

    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Fields that were read; throws {@link IllegalArgumentException} when a line is none. */
    static StateFields parse(List<String> lines) {
        StateFields fields = new StateFields();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            if (blank < 1 || fields.values.put(line.substring(0, blank), line.substring(blank + 1)) != null) {
                throw new IllegalArgumentException("a line is no field, or a field is there twice");
            }
        }
        return fields;
    }

    void put(String name, Object value) {
        values.put(name, String.valueOf(value).replaceAll("\\p{Cntrl}", " "));
    }

    void put(String name, byte[] octets) {
        values.put(name, HEX.formatHex(octets));
    }

    void put(String name, List<?> all) {
        values.put(name, all.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /** @throws IllegalArgumentException when there is none of this name */
    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no field " + name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    byte[] octets(String name) {
        return HEX.parseHex(text(name));
    }

    /** The parts of a list, none of which is empty. */
    List<String> parts(String name) {
        return Stream.of(text(name).split(",")).filter(part -> !part.isEmpty()).toList();
    }

    List<String> lines() {
        return values.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .toList();
    }
}
