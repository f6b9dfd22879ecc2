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

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> OF_PATH = Set.of("path", "method", "statements", "query", "missing", "conflict");
    private static final Set<String> OF_NOTICES = Set.of("path", "secret", "pending", "told");
    private static final Set<String> OF_OPERATION = Set.of("operation", "statements", "query", "missing", "conflict");

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
        Set<String> rootKeys = new TreeSet<>(List.of("agency", "script", "remembers", "notify", kinds.get(0)));
        refuseOthers(root, rootKeys);
        refuseOthers(section, known);
        return new BackEndSpec(agency, script(root), remembers(root), server, notices(root));
    }

    private BackEndSpec.@Nullable Notices notices(Map<?, ?> root) {
        if (!root.containsKey("notify")) {
            return null;
        }
        Map<?, ?> section = map(root.get("notify"), "notify");
        refuseOthers(section, OF_NOTICES);
        return new BackEndSpec.Notices(
                matching(text(section, "path"), PATH, "path"),
                name(section, "secret"),
                NamedQuery.parse(text(section, "pending")),
                NamedQuery.parseChange(text(section, "told")));
    }

    private boolean remembers(Map<?, ?> root) {
        if (!root.containsKey("remembers")) {
            return false;
        }
        if (!(root.get("remembers") instanceof Boolean remembers)) {
            throw new IllegalArgumentException("'remembers' must be true or false");
        }
        return remembers;
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
            Work work = work(answer);
            String method = answer.containsKey("method") ? text(answer, "method") : "GET";
            if (!METHODS.contains(method) || work.changes() == method.equals("GET")) {
                throw new IllegalArgumentException(
                        "'method' must be GET, or POST, PUT, PATCH or DELETE with 'statements'");
            }
            refuseOthers(answer, OF_PATH);
            answers.add(new PathAnswer(method, segments, work));
        }
        return new Server.Rest(name(section, "property"), name(section, "header"), name(section, "secret"), answers);
    }

    private Server.Soap soap(Map<?, ?> section) {
        List<OperationAnswer> answers = new ArrayList<>();
        for (Map<?, ?> answer : answers(section)) {
            answers.add(operation(answer));
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
        List<String> tables = new ArrayList<>();
        if (section.containsKey("tables")) {
            for (Object table : list(section, "tables")) {
                tables.add(matching(String.valueOf(table), VIEW, "tables"));
            }
        }
        return new Server.Database(
                name(section, "property"),
                name(section, "user-property"),
                matching(text(section, "user"), Pattern.compile("[A-Z][A-Z0-9_]{0,30}"), "user"),
                name(section, "secret"),
                views,
                tables);
    }

    private List<Map<?, ?>> answers(Map<?, ?> section) {
        List<Map<?, ?>> answers = new ArrayList<>();
        for (Object answer : list(section, "answers")) {
            answers.add(map(answer, "answers"));
        }
        return answers;
    }

    private OperationAnswer operation(Map<?, ?> answer) {
        OperationAnswer read = new OperationAnswer(name(answer, "operation"), work(answer));
        refuseOthers(answer, OF_OPERATION);
        return read;
    }

    private Work work(Map<?, ?> answer) {
        List<NamedQuery> statements = new ArrayList<>();
        if (answer.containsKey("statements")) {
            for (Object statement : list(answer, "statements")) {
                statements.add(NamedQuery.parseChange(String.valueOf(statement)));
            }
        }
        String conflict = answer.containsKey("conflict") ? name(answer, "conflict") : "CONFLICT";
        return new Work(statements, NamedQuery.parse(text(answer, "query")), name(answer, "missing"), conflict);
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
