package org.wasl.connectors.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One mapping of a YAML file, read key by key: what is missing, of another form or left over becomes a problem. */
final class YamlSection {

    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final int line;
    private final String path;
    private final Problems problems;
    private final Placeholders placeholders;

    YamlSection(MappingNode node, String path, Problems problems, Placeholders placeholders) {
        this.line = lineOf(node);
        this.path = path;
        this.problems = problems;
        this.placeholders = placeholders;
        for (NodeTuple tuple : node.getValue()) {
            int at = lineOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a key must be plain text");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(at, "'" + path(key.getValue()) + "' stands twice");
            } else {
                lines.put(key.getValue(), at);
            }
        }
    }

    static int lineOf(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The line of that key, or of this section where the key is absent. */
    int line(String key) {
        return lines.getOrDefault(key, line);
    }

    void problem(String key, String reason) {
        problems.add(line(key), "'" + path(key) + "' " + reason);
    }

    /** A value that must be there; empty text, and a problem, when it is not. */
    String text(String key) {
        if (!has(key)) {
            problem(key, "is missing");
            return "";
        }
        return text(key, "");
    }

    String text(String key, String otherwise) {
        Node node = take(key);
        if (node == null) {
            return otherwise;
        }
        return scalar(key, node).orElse(otherwise);
    }

    Optional<YamlSection> section(String key) {
        Node node = take(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlSection(mapping, path(key), problems, placeholders));
        }
        problem(key, "must be a section with keys of its own");
        return Optional.empty();
    }

    /** All keys of this section with their texts, in the order of the file. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : List.copyOf(values.keySet())) {
            texts.put(key, text(key));
        }
        return texts;
    }

    List<String> list(String key) {
        Node node = take(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            problem(key, "must be a list");
            return List.of();
        }
        List<String> items = new ArrayList<>();
        sequence.getValue().forEach(item -> scalar(key, item).ifPresent(items::add));
        return items;
    }

    /** Whatever nobody asked for is a misspelling until proven otherwise. */
    void refuseLeftovers() {
        for (String key : new TreeSet<>(values.keySet())) {
            problem(key, "is not a known key");
        }
    }

    private @Nullable Node take(String key) {
        return values.remove(key);
    }

    private Optional<String> scalar(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(key, "must be plain text");
            return Optional.empty();
        }
        return placeholders.fill(scalar.getValue(), reason -> problem(key, reason));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
