package org.wasl.connectors.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** Reads on which events a connector is called. */
final class HearsReader {

    private static final String SECTION = "hears";
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z_][A-Za-z0-9_.-]*)*");

    private final YamlSection root;

    HearsReader(YamlSection root) {
        this.root = root;
    }

    ConnectorDeclaration.@Nullable Hears read(Set<String> parameters, ConnectorDeclaration.Effect effect) {
        Optional<YamlSection> section = root.section(SECTION);
        if (section.isEmpty()) {
            return null;
        }
        YamlSection hears = section.get();
        if (!effect.changes()) {
            root.problem(SECTION, "goes with 'changes' only: an event is not a question");
        }
        List<ServiceId> events = new ArrayList<>();
        for (String event : hears.list("events")) {
            try {
                events.add(ServiceId.parse(event));
            } catch (IllegalArgumentException e) {
                hears.problem("events", "holds '" + event + "', which is no event type: " + e.getMessage());
            }
        }
        if (events.isEmpty()) {
            hears.problem("events", "must list at least one event type");
        }
        SubsystemId subscriber = null;
        try {
            subscriber = SubsystemId.parse(hears.text("subscriber"));
        } catch (IllegalArgumentException e) {
            hears.problem("subscriber", "is not a subsystem's identifier: " + e.getMessage());
        }
        Map<String, String> paths = paths(hears, parameters);
        hears.refuseLeftovers();
        return subscriber == null ? null : new ConnectorDeclaration.Hears(events, subscriber, paths);
    }

    private static Map<String, String> paths(YamlSection hears, Set<String> parameters) {
        Map<String, String> paths = new LinkedHashMap<>();
        hears.section("parameters").ifPresent(section -> section.texts().forEach((name, path) -> {
            if (!parameters.contains(name)) {
                section.problem(name, "is no parameter of the connector");
            } else if (!PATH.matcher(path).matches()) {
                section.problem(name, "must be names from the record's root, separated by '/'");
            } else {
                paths.put(name, path);
            }
        }));
        if (!paths.keySet().containsAll(parameters)) {
            hears.problem("parameters", "must say of each parameter where the event's record has it");
        }
        return paths;
    }
}
