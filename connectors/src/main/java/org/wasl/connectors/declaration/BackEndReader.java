package org.wasl.connectors.declaration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.declaration.BackEndDeclaration.Files;
import org.wasl.connectors.declaration.BackEndDeclaration.Jdbc;
import org.wasl.connectors.declaration.BackEndDeclaration.Rest;
import org.wasl.connectors.declaration.BackEndDeclaration.Soap;

/** Reads the part of a declaration that says how to reach the back-end. */
final class BackEndReader {

    private static final List<String> PROTOCOLS = List.of("jdbc", "rest", "soap", "files");
    private static final Pattern BOUND = Pattern.compile("(?<![:\\w]):(wasl\\.messageId|[A-Za-z][A-Za-z0-9]*)");
    private static final Pattern STATEMENT = Pattern.compile("(?is)\\s*(select|with)\\b[^;]*");
    private static final Pattern CHANGE = Pattern.compile("(?is)\\s*(insert|update|delete|merge|call|select)\\b[^;]*");
    private static final Pattern SECRET = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");
    private static final Pattern HOST_KEY =
            Pattern.compile("(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]{40,200}={0,2}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,126}");
    private static final Pattern WHOLE_PARAMETER = Pattern.compile("\\{(wasl\\.messageId|[A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern IN_BRACES = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> CHANGING = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final int MAX_ROWS = 100_000;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PARTITION = 8;
    private static final Duration MAX_FRESH = Duration.ofMinutes(10);

    private final YamlSection root;
    private final Set<String> parameters;
    private final boolean documents;
    private final boolean changes;
    private final Function<String, Optional<String>> siblings;
    private boolean messageIdBound;

    BackEndReader(
            YamlSection root,
            Set<String> parameters,
            boolean documents,
            boolean changes,
            Function<String, Optional<String>> siblings) {
        this.changes = changes;
        this.root = root;
        this.parameters = parameters;
        this.documents = documents;
        this.siblings = siblings;
    }

    /** Whether the request's message id is bound somewhere in the section that was read. */
    boolean bindsMessageId() {
        return messageIdBound;
    }

    @Nullable
    BackEndDeclaration read() {
        List<String> present = PROTOCOLS.stream().filter(root::has).toList();
        if (present.size() != 1) {
            root.problem("connector", "must have exactly one of the sections " + String.join(", ", PROTOCOLS));
            return null;
        }
        Optional<YamlSection> section = root.section(present.get(0));
        if (section.isEmpty()) {
            return null;
        }
        YamlSection declared = section.get();
        BackEndDeclaration backEnd =
                switch (present.get(0)) {
                    case "jdbc" -> jdbc(declared);
                    case "rest" -> rest(declared);
                    case "soap" -> soap(declared);
                    default -> files(declared);
                };
        declared.refuseLeftovers();
        return backEnd;
    }

    private Jdbc jdbc(YamlSection section) {
        String url = section.text("url");
        if (!url.startsWith("jdbc:")) {
            section.problem("url", "must be a JDBC URL");
        }
        Map<String, String> queries =
                section.section("queries").map(this::queries).orElseGet(Map::of);
        if (queries.isEmpty()) {
            section.problem("queries", "must hold at least one statement");
        }
        int rows = new Quantities(section).count("rows", 200, 1, MAX_ROWS);
        Set<String> json = new LinkedHashSet<>(section.list("json"));
        Map<String, String> statements = section.section("statements")
                .map(declared -> statements(
                        declared, CHANGE, "must be one INSERT, UPDATE, DELETE, MERGE, CALL or SELECT, without ';'"))
                .orElseGet(Map::of);
        if (changes == statements.isEmpty()) {
            section.problem("statements", changes ? "is missing: nothing would change" : "needs 'changes: true'");
        }
        return new Jdbc(url, section.text("user"), secret(section, "secret"), queries, json, rows, statements);
    }

    private Map<String, String> queries(YamlSection section) {
        return statements(section, STATEMENT, "must be one SELECT statement, without ';'");
    }

    private Map<String, String> statements(YamlSection section, Pattern allowed, String otherwise) {
        Map<String, String> queries = section.texts();
        queries.forEach((name, statement) -> {
            if (!allowed.matcher(statement).matches()) {
                section.problem(name, otherwise);
            }
            Matcher bound = BOUND.matcher(statement);
            while (bound.find()) {
                refuseUnknown(section, name, bound.group(1));
            }
        });
        return Collections.unmodifiableMap(queries);
    }

    private Rest rest(YamlSection section) {
        List<String> path = section.list("path");
        path.forEach(segment -> segment(section, segment));
        Map<String, String> query =
                section.section("query").map(YamlSection::texts).orElseGet(Map::of);
        query.values().forEach(value -> parameterIn(section, "query", value));
        Map<String, String> headers =
                section.section("headers").map(this::headers).orElseGet(Map::of);
        String header = section.text("header", "Authorization");
        if (!HEADER.matcher(header).matches()) {
            section.problem("header", "is not a header's name");
        }
        return new Rest(
                address(section, "base"),
                path,
                Collections.unmodifiableMap(query),
                header,
                section.text("scheme", ""),
                secret(section, "secret"),
                method(section),
                headers,
                body(section));
    }

    private String method(YamlSection section) {
        String method = section.text("method", changes ? "POST" : "GET");
        if (!(changes ? CHANGING : List.of("GET")).contains(method)) {
            section.problem(
                    "method", changes ? "must be one of " + String.join(", ", CHANGING) : "needs 'changes: true'");
        }
        return method;
    }

    private Map<String, String> headers(YamlSection section) {
        Map<String, String> headers = section.texts();
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches()) {
                section.problem(name, "is not a header's name");
            }
            parameterIn(section, name, value);
        });
        return Collections.unmodifiableMap(headers);
    }

    private String body(YamlSection section) {
        String body = section.text("body", "");
        if (!body.isEmpty() && !changes) {
            section.problem("body", "needs 'changes: true'");
        }
        JsonTemplate.problem(body, name -> refuseUnknown(section, "body", name))
                .ifPresent(problem -> section.problem("body", problem));
        return body;
    }

    private void segment(YamlSection section, String segment) {
        if (!SEGMENT.matcher(segment).matches()
                && !WHOLE_PARAMETER.matcher(segment).matches()) {
            section.problem("path", "must list single segments: plain text, or one parameter in braces");
        }
        parameterIn(section, "path", segment);
    }

    private void parameterIn(YamlSection section, String key, String text) {
        Matcher matcher = WHOLE_PARAMETER.matcher(text);
        if (matcher.matches()) {
            refuseUnknown(section, key, matcher.group(1));
        }
    }

    private void refuseUnknown(YamlSection section, String key, String parameter) {
        if (parameter.equals(ConnectorQuery.MESSAGE_ID)) {
            messageIdBound = true;
        } else if (!parameters.contains(parameter)) {
            section.problem(key, "uses '" + parameter + "', which is not among the parameters");
        }
    }

    private Soap soap(YamlSection section) {
        Map<String, String> inputs =
                section.section("inputs").map(YamlSection::texts).orElseGet(Map::of);
        inputs.values().forEach(value -> parameterIn(section, "inputs", value));
        String user = section.text("user", "");
        return new Soap(
                address(section, "address"),
                wsdl(section),
                section.text("service"),
                section.text("port"),
                section.text("namespace"),
                section.text("operation"),
                section.text("action", ""),
                Collections.unmodifiableMap(inputs),
                user,
                user.isEmpty() ? "" : secret(section, "secret"));
    }

    private String wsdl(YamlSection section) {
        String wsdl = section.text("wsdl");
        if (!SEGMENT.matcher(wsdl).matches() || !wsdl.endsWith(".wsdl")) {
            section.problem("wsdl", "must be the name of a .wsdl file beside the declaration");
            return "";
        }
        return siblings.apply(wsdl).orElseGet(() -> {
            section.problem("wsdl", "cannot be read: " + wsdl);
            return "";
        });
    }

    private Files files(YamlSection section) {
        String hostKey = section.text("host-key");
        if (!HOST_KEY.matcher(hostKey).matches()) {
            section.problem("host-key", "must be the server's public key: its type, a blank, its base64 text");
        }
        String file = segmentOf(section, "file");
        if (documents) {
            IN_BRACES.matcher(file).results().forEach(match -> refuseUnknown(section, "file", match.group(1)));
        }
        Quantities quantities = new Quantities(section);
        return new Files(
                section.text("host"),
                quantities.count("port", 22, 1, MAX_PORT),
                section.text("user"),
                secret(section, "secret"),
                hostKey,
                folder(section),
                segmentOf(section, "current"),
                segmentOf(section, "manifest"),
                file,
                documents ? 0 : quantities.count("partition", 0, 0, MAX_PARTITION),
                documents ? "" : section.text("key"),
                documents ? "" : parameter(section),
                quantities.duration("fresh", "30s", MAX_FRESH));
    }

    private String parameter(YamlSection section) {
        String parameter = section.text("parameter");
        refuseUnknown(section, "parameter", parameter);
        return parameter;
    }

    private String folder(YamlSection section) {
        String folder = section.text("folder");
        for (String segment : folder.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                section.problem("folder", "must be plain names separated by '/'");
                break;
            }
        }
        return folder;
    }

    private String segmentOf(YamlSection section, String key) {
        String name = section.text(key);
        if (!SEGMENT.matcher(name.replaceAll("[{}]", "")).matches()) {
            section.problem(key, "must be one plain name");
        }
        return name;
    }

    private String secret(YamlSection section, String key) {
        String secret = section.text(key);
        if (!SECRET.matcher(secret).matches()) {
            section.problem(key, "must be the name of a secret, never the secret itself");
        }
        return secret;
    }

    private URI address(YamlSection section, String key) {
        String text = section.text(key);
        try {
            URI address = new URI(text);
            String scheme = address.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme)) && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            section.problem(key, "is not an address: " + e.getReason());
            return URI.create("http://invalid");
        }
        section.problem(key, "must be an http or https address without a user");
        return URI.create("http://invalid");
    }
}
