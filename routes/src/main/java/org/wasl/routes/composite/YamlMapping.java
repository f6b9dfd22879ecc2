package org.wasl.routes.composite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML document whose every complaint knows its line. Each key is asked for; the rest is a mistake. */
public final class YamlMapping {

    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    public YamlMapping(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, "expected 'key: value' lines here");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), "a key must be a plain word");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(key, "'" + key.getValue() + "' stands twice");
            }
        }
    }

    public Node node() {
        return node;
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public Optional<Node> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** The text of a key read by {@code reader}; null, and a problem, when it is missing or the reader refuses it. */
    public <T> @Nullable T required(String key, Function<String, T> reader) {
        if (value(key).isEmpty()) {
            problems.add(node, "'" + key + "' is missing");
            return null;
        }
        return optional(key, reader);
    }

    /** The same; null without a problem when it is missing. */
    public <T> @Nullable T optional(String key, Function<String, T> reader) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return null;
        }
        if (!(value.get() instanceof ScalarNode scalar)) {
            problems.add(value.get(), "'" + key + "' must be one value");
            return null;
        }
        try {
            return reader.apply(scalar.getValue());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            problems.add(scalar, "'" + key + "': " + e.getMessage());
            return null;
        }
    }

    public Optional<YamlMapping> mapping(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            problems.add(node, "'" + key + "' is missing");
        }
        return value.map(v -> new YamlMapping(v, problems));
    }

    public List<YamlMapping> mappings(String key) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : items(key)) {
            mappings.add(new YamlMapping(item, problems));
        }
        return mappings;
    }

    public List<Node> items(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(value.get(), "'" + key + "' must be a list");
        return List.of();
    }

    /** Complains about every key that nobody asked for. */
    public void refuseUnknownKeys() {
        for (Map.Entry<String, Node> value : values.entrySet()) {
            if (!asked.contains(value.getKey())) {
                problems.add(
                        value.getValue(),
                        "'" + value.getKey() + "' is not known here; known are "
                                + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }
}
