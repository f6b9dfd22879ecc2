package org.wasl.agencies.declared;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.declared.BackEndSpec.OperationAnswer;
import org.wasl.agencies.declared.BackEndSpec.PathAnswer;
import org.wasl.agencies.declared.BackEndSpec.Server;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a back-end's declaration. */
final class BackEndSpecs {

    private static final int MAX_CHARACTERS = 200_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]{1,60}){1,8}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,60}|\\{[A-Za-z][A-Za-z0-9]*}");
    private static final Pattern VIEW = Pattern.compile("[A-Z][A-Z0-9_]{0,62}\\.[A-Z][A-Z0-9_]{0,62}");

    private final BackEndFiles files;
    private final Set<String> known = new TreeSet<>();

    private BackEndSpecs(BackEndFiles files) {
        this.files = files;
    }

    /** @throws IOException saying what is wrong with the declaration */
    static BackEndSpec read(BackEndFiles files) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(12);
        options.setAllowDuplicateKeys(false);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(new StringReader(files.declaration()));
            return new BackEndSpecs(files).spec(map(root, "the file"));
        } catch (YAMLException | IllegalArgumentException e) {
            throw new IOException(files.origin() + ": " + e.getMessage(), e);
        }
    }

    private BackEndSpec spec(Map<?, ?> root) {
        String agency = name(root, "agency");
        List<String> kinds = List.of("rest", "soap", "database").stream()
                .filter(root::containsKey)
                .toList();
        if (kinds.size() != 1) {
            throw new IllegalArgumentException("must have exactly one of the sections rest, soap, database");
        }
        Map<?, ?> section = map(root.get(kinds.get(0)), kinds.get(0));
        Server server =
                switch (kinds.get(0)) {
                    case "rest" -> rest(section);
                    case "soap" -> soap(section);
                    default -> database(section);
                };
        Set<String> rootKeys = new TreeSet<>(List.of("agency", "script", kinds.get(0)));
        refuseOthers(root, rootKeys);
        refuseOthers(section, known);
        return new BackEndSpec(agency, script(root), server);
    }

    private String script(Map<?, ?> root) {
        if (!root.containsKey("script")) {
            return "";
        }
        String script = files.scripts().get(text(root, "script"));
        if (script == null) {
            throw new IllegalArgumentException("'script' must name an .sql file beside the declaration");
        }
        return script;
    }

    private Server.Rest rest(Map<?, ?> section) {
        List<PathAnswer> answers = new ArrayList<>();
        for (Map<?, ?> answer : answers(section)) {
            List<String> segments = new ArrayList<>();
            for (Object segment : list(answer, "path")) {
                segments.add(matching(String.valueOf(segment), SEGMENT, "path"));
            }
            answers.add(new PathAnswer(segments, query(answer), name(answer, "missing")));
        }
        return new Server.Rest(name(section, "property"), name(section, "header"), name(section, "secret"), answers);
    }

    private Server.Soap soap(Map<?, ?> section) {
        List<OperationAnswer> answers = new ArrayList<>();
        for (Map<?, ?> answer : answers(section)) {
            answers.add(new OperationAnswer(name(answer, "operation"), query(answer), name(answer, "missing")));
        }
        return new Server.Soap(
                name(section, "property"),
                name(section, "user-property"),
                matching(text(section, "path"), PATH, "path"),
                text(section, "namespace"),
                name(section, "user"),
                name(section, "secret"),
                answers);
    }

    private Server.Database database(Map<?, ?> section) {
        List<String> views = new ArrayList<>();
        for (Object view : list(section, "views")) {
            views.add(matching(String.valueOf(view), VIEW, "views"));
        }
        return new Server.Database(
                name(section, "property"),
                name(section, "user-property"),
                matching(text(section, "user"), Pattern.compile("[A-Z][A-Z0-9_]{0,30}"), "user"),
                name(section, "secret"),
                views);
    }

    private List<Map<?, ?>> answers(Map<?, ?> section) {
        List<Map<?, ?>> answers = new ArrayList<>();
        for (Object answer : list(section, "answers")) {
            answers.add(map(answer, "answers"));
        }
        return answers;
    }

    private NamedQuery query(Map<?, ?> answer) {
        return NamedQuery.parse(text(answer, "query"));
    }

    private String name(Map<?, ?> section, String key) {
        return matching(text(section, key), NAME, key);
    }

    private String text(Map<?, ?> section, String key) {
        known.add(key);
        Object value = section.get(key);
        if (!(value instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("'" + key + "' must be given, as text");
        }
        return text;
    }

    private List<?> list(Map<?, ?> section, String key) {
        known.add(key);
        if (!(section.get(key) instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' must list something");
        }
        return list;
    }

    private static String matching(String text, Pattern pattern, String key) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + key + "' may not be '" + text + "'");
        }
        return text;
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(what + " must hold keys of its own");
        }
        return map;
    }

    private static void refuseOthers(Map<?, ?> section, Set<String> keys) {
        for (Object key : section.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("'" + key + "' is not a known key");
            }
        }
    }
}
