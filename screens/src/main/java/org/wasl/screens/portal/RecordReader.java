package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.wasl.screens.frame.Language;
import org.wasl.screens.portal.RecordPart.Value;

/**
 * Shows an agency's record by what the schemas say of it: fields by their names, codes by theirs, amounts, days and
 * plates as people write them. It knows no agency.
 */
final class RecordReader {

    private static final int DEEPEST = 8;
    private static final int MOST = 400;
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MOMENT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T.+");
    private static final Pattern LATIN = Pattern.compile("[\\x20-\\x7E]+");

    /** What says how a record is to be taken, and nothing about anybody. */
    private static final Set<String> UNSAID = Set.of("synthetic", "lang", "precision", "scheme", "issuingCountry");

    /** Of these one part says it all. */
    private static final List<String> ONE_TEXT = List.of("fullName", "gregorian");

    private final Words.In words;
    private final MessageSource texts;
    private final Language language;
    private int shown;

    RecordReader(Words.In words, MessageSource texts) {
        this.words = words;
        this.texts = texts;
        this.language = words.language();
    }

    /** The parts of what stands under {@code record} in an answer: one member, named after the record. */
    List<RecordPart> read(JsonNode record) {
        List<RecordPart> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> root : record.properties()) {
            String type = words.record(root.getKey());
            for (JsonNode one : each(root.getValue())) {
                parts.addAll(fields(one, type, 0));
            }
        }
        return parts;
    }

    private List<RecordPart> fields(JsonNode object, String type, int depth) {
        List<RecordPart> parts = new ArrayList<>();
        if (depth > DEEPEST) {
            return parts;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (UNSAID.contains(field.getKey()) || ++shown > MOST) {
                continue;
            }
            String label = words.field(type, field.getKey());
            String fieldType = words.typeOf(type, field.getKey());
            JsonNode node = field.getValue();
            if (node.isArray()) {
                parts.addAll(several(label, node, fieldType, depth));
            } else {
                parts.add(one(label, node, fieldType, depth));
            }
        }
        return parts;
    }

    private RecordPart one(String label, JsonNode node, String type, int depth) {
        Optional<Value> value = value(node, type);
        return value.isPresent()
                ? new RecordPart.Line(label, value.get())
                : new RecordPart.Group(label, fields(node, type, depth + 1));
    }

    private List<RecordPart> several(String label, JsonNode array, String type, int depth) {
        List<JsonNode> all = named(each(array));
        if (all.stream().allMatch(node -> value(node, type).isPresent())) {
            return all.stream().map(node -> one(label, node, type, depth)).toList();
        }
        boolean flat = all.stream().allMatch(node -> node.properties().stream()
                .filter(field -> !UNSAID.contains(field.getKey()))
                .allMatch(field -> !field.getValue().isArray()
                        && value(field.getValue(), words.typeOf(type, field.getKey()))
                                .isPresent()));
        return all.size() > 1 && flat
                ? List.of(grid(label, all, type))
                : all.stream().map(node -> one(label, node, type, depth)).toList();
    }

    private RecordPart.Grid grid(String label, List<JsonNode> all, String type) {
        Set<String> columns = new LinkedHashSet<>();
        all.forEach(node -> node.fieldNames().forEachRemaining(columns::add));
        columns.removeAll(UNSAID);
        shown += columns.size() * all.size();
        return new RecordPart.Grid(
                label,
                columns.stream().map(name -> words.field(type, name)).toList(),
                all.stream()
                        .map(node -> columns.stream()
                                .map(name -> value(node.path(name), words.typeOf(type, name))
                                        .orElse(Value.plain("")))
                                .toList())
                        .toList());
    }

    /** Names come in several scripts: the one that the reader reads, where there is one. */
    private List<JsonNode> named(List<JsonNode> all) {
        String script = language == Language.AR ? "Arab" : "Latn";
        List<JsonNode> read = all.stream()
                .filter(node -> script.equals(node.path("script").asText()))
                .toList();
        return read.isEmpty() ? all : read;
    }

    /** What can be said in one value; empty when it takes several. */
    private Optional<Value> value(JsonNode node, String type) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.of(Value.plain(""));
        }
        if (node.isBoolean()) {
            String key = node.booleanValue() ? "portal.yes" : "portal.no";
            return Optional.of(Value.plain(texts.getMessage(key, null, language.locale())));
        }
        if (node.isValueNode()) {
            return Optional.of(scalar(node.asText(), type));
        }
        return composed(node);
    }

    private Value scalar(String text, String type) {
        Optional<String> coded = words.value(type, text);
        if (coded.isPresent()) {
            return Value.plain(coded.get());
        }
        if (DAY.matcher(text).matches()) {
            return Value.plain(Moments.day(text, language));
        }
        if (MOMENT.matcher(text).matches()) {
            return Value.plain(Moments.moment(text, language));
        }
        return LATIN.matcher(text).matches() ? Value.ltr(text) : Value.plain(text);
    }

    /** Amounts, labels, names, plates and the like, which schemas share. */
    private Optional<Value> composed(JsonNode node) {
        if (node.has("currency") && node.has("value")) {
            return Optional.of(Value.ltr(
                    node.path("value").asText() + " " + node.path("currency").asText()));
        }
        if (node.has("ar") && node.has("en")) {
            return Optional.of(Value.plain(words.text(node, "")));
        }
        for (String name : ONE_TEXT) {
            if (node.has(name)) {
                return Optional.of(scalar(node.path(name).asText(), ""));
            }
        }
        if (node.has("country") && node.has("number")) {
            return Optional.of(Value.ltr(
                    node.path("code").asText() + "-" + node.path("number").asText()));
        }
        if (node.has("numerator") && node.has("denominator")) {
            return Optional.of(Value.ltr(node.path("numerator").asText() + "/"
                    + node.path("denominator").asText()));
        }
        if (node.has("value") && node.path("value").isValueNode()) {
            return Optional.of(scalar(node.path("value").asText(), ""));
        }
        return node.size() == 1 && node.elements().next().isValueNode()
                ? Optional.of(scalar(node.elements().next().asText(), ""))
                : Optional.empty();
    }

    private static List<JsonNode> each(JsonNode node) {
        if (!node.isArray()) {
            return List.of(node);
        }
        List<JsonNode> all = new ArrayList<>();
        node.forEach(all::add);
        return all;
    }
}
