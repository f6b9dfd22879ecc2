package org.wasl.screens.frame;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the bus answered, as templates read it: by names, in the page's language. What is not there reads as
 * empty.
 */
public final class Reading {

    private final JsonNode node;
    private final Language language;
    private final Moments moments;

    public Reading(JsonNode node, Language language, Moments moments) {
        this.node = node;
        this.language = language;
        this.moments = moments;
    }

    /** Whether it is there. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    public String text(String name) {
        return node.path(name).asText("");
    }

    public long number(String name) {
        return node.path(name).asLong();
    }

    public boolean is(String name) {
        return node.path(name).asBoolean();
    }

    /** What it is called, of something with an id and labels; its id when it has no label. */
    public String label(String name) {
        JsonNode named = node.path(name);
        return named.path("label").path(language.code()).asText(named.path("id").asText(""));
    }

    /** The id of something with an id and labels. */
    public String id(String name) {
        return node.path(name).path("id").asText("");
    }

    /** When, to the minute. */
    public String minute(String name) {
        return at(name).map(at -> moments.minute(at, language)).orElse("");
    }

    /** When, to the second. */
    public String second(String name) {
        return at(name).map(at -> moments.second(at, language)).orElse("");
    }

    /** When; empty when it is not there. */
    public Optional<Instant> at(String name) {
        try {
            return has(name) ? Optional.of(Instant.parse(text(name))) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** Something within it. */
    public Reading in(String name) {
        return new Reading(node.path(name), language, moments);
    }

    /** The parts of a list. */
    public List<Reading> all(String name) {
        List<Reading> parts = new ArrayList<>();
        node.path(name).forEach(part -> parts.add(new Reading(part, language, moments)));
        return parts;
    }

    /** The texts of a list. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(part -> texts.add(part.asText()));
        return texts;
    }

    /** The members of an object, as texts. */
    public Map<String, String> members(String name) {
        Map<String, String> members = new LinkedHashMap<>();
        node.path(name)
                .fields()
                .forEachRemaining(
                        member -> members.put(member.getKey(), member.getValue().asText()));
        return members;
    }
}
