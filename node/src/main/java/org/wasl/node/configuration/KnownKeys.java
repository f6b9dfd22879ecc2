package org.wasl.node.configuration;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.Import;

/** The keys that a node's configuration has, found where they are declared: a misspelt one is not left unheard. */
final class KnownKeys {

    private final Set<String> keys = new HashSet<>();
    /** What may be followed by anything: keys of maps, items of lists. */
    private final Set<String> open = new HashSet<>();

    private KnownKeys() {}

    /** Those of this configuration and of all that it imports. */
    static KnownKeys of(Class<?> configuration) {
        KnownKeys known = new KnownKeys();
        known.visit(configuration, new HashSet<>());
        return known;
    }

    private void visit(Class<?> configuration, Set<Class<?>> seen) {
        if (!seen.add(configuration)) {
            return;
        }
        EnableConfigurationProperties enabled = configuration.getAnnotation(EnableConfigurationProperties.class);
        if (enabled != null) {
            for (Class<?> properties : enabled.value()) {
                ConfigurationProperties area = properties.getAnnotation(ConfigurationProperties.class);
                if (area != null) {
                    add(area.value().isEmpty() ? area.prefix() : area.value(), properties);
                }
            }
        }
        Import imported = configuration.getAnnotation(Import.class);
        if (imported != null) {
            for (Class<?> part : imported.value()) {
                visit(part, seen);
            }
        }
    }

    private void add(String prefix, Class<?> properties) {
        for (RecordComponent component : properties.getRecordComponents()) {
            String key = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            Class<?> type = component.getType();
            if (type.isRecord()) {
                add(key, type);
            } else if (Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type)) {
                open.add(key);
            }
            keys.add(key);
        }
    }

    /** Whether the node reads this key. */
    boolean knows(String key) {
        if (keys.contains(key)) {
            return true;
        }
        return open.stream().anyMatch(prefix -> key.startsWith(prefix + ".") || key.startsWith(prefix + "["));
    }
}
