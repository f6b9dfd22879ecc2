package org.wasl.node.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasl.security.registry.RegistryChange;
import org.wasl.security.registry.RegistryProblem;

/** Says what changed in a registry, and what is wrong with one. */
final class RegistrySentences {

    private final Texts texts;

    RegistrySentences(Texts texts) {
        this.texts = texts;
    }

    /** One sentence a change; what was added or removed is told below it. */
    List<String> lines(List<RegistryChange> changes) {
        List<String> lines = new ArrayList<>();
        for (RegistryChange change : changes) {
            lines.add("  " + sentence(change));
            String says = change.kind() == RegistryChange.Kind.REMOVED ? change.before() : change.after();
            if (change.kind() != RegistryChange.Kind.CHANGED && !says.isEmpty()) {
                lines.add("      " + says);
            }
        }
        return lines;
    }

    private String sentence(RegistryChange change) {
        String what = texts.text("registry.element." + change.element());
        if (change.kind() == RegistryChange.Kind.CHANGED) {
            String form = change.before().isEmpty() ? "set" : change.after().isEmpty() ? "unset" : "changed";
            String whose = change.element().equals("name") || change.element().equals("actor")
                    ? change.id() + " (" + change.within() + ")"
                    : change.id();
            return texts.text(
                    "registry.change." + form, what, whose, change.attribute(), change.before(), change.after());
        }
        String form = change.kind().name().toLowerCase(Locale.ROOT)
                + (change.within().isEmpty() || change.id().startsWith(change.within() + "/") ? "" : "-within");
        return texts.text("registry.change." + form, what, change.id(), change.within());
    }

    /** For scripts. */
    static List<Map<String, String>> documents(List<RegistryChange> changes) {
        List<Map<String, String>> documents = new ArrayList<>();
        for (RegistryChange change : changes) {
            Map<String, String> document = new LinkedHashMap<>();
            document.put("change", change.kind().name());
            document.put("element", change.element());
            document.put("id", change.id());
            document.put("within", change.within());
            document.put("attribute", change.attribute());
            document.put("before", change.before());
            document.put("after", change.after());
            documents.add(document);
        }
        return documents;
    }

    /** Ends a command whose registry is wrong. */
    static int problems(Console console, boolean json, String where, List<RegistryProblem> problems) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", false);
            document.put("error", "registry.wrong");
            document.put(
                    "problems",
                    problems.stream().map(RegistrySentences::document).toList());
            console.json(document);
        }
        console.note("registry.wrong", where);
        problems.forEach(problem -> console.err().println("  " + problem));
        return ExitCode.REFUSED;
    }

    private static Map<String, Object> document(RegistryProblem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("message", problem.message());
        document.put("line", problem.line());
        document.put("column", problem.column());
        return document;
    }
}
