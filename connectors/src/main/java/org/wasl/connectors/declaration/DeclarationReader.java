package org.wasl.connectors.declaration;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.declaration.ConnectorDeclaration.Breaker;
import org.wasl.connectors.declaration.ConnectorDeclaration.Content;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.declaration.ConnectorDeclaration.Effect;
import org.wasl.connectors.declaration.ConnectorDeclaration.Limits;
import org.wasl.connectors.declaration.ConnectorDeclaration.Mapping;
import org.wasl.schemas.identifier.ServiceId;

/** Reads one declaration. */
final class DeclarationReader {

    private static final String DOCUMENT = "document";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
    private static final Pattern RECORD = Pattern.compile("\\{([^{}]+)}([A-Za-z_][A-Za-z0-9_.-]*)");
    private static final Pattern SIBLING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}\\.xsl");
    private static final int MAX_CONCURRENT = 64;
    private static final int MAX_WAITING = 1024;
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;
    private static final int MAX_WINDOW = 1000;
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(2);

    private final DeclarationFiles files;
    private final String file;
    private final YamlSection root;
    private final Problems problems;

    DeclarationReader(DeclarationFiles files, String file, YamlSection root, Problems problems) {
        this.files = files;
        this.file = file;
        this.root = root;
        this.problems = problems;
    }

    Optional<ConnectorDeclaration> read() {
        String name = name();
        ServiceId service = service();
        String description = root.text("description");
        Map<String, Pattern> parameters = parameters();
        EffectReader effects = new EffectReader(root);
        BackEndReader backEnds =
                new BackEndReader(root, parameters.keySet(), root.has(DOCUMENT), effects.changes(), this::sibling);
        BackEndDeclaration backEnd = backEnds.read();
        Effect effect = effects.read(backEnd, backEnds.bindsMessageId());
        Content content = content(backEnd);
        Limits limits = limits();
        Breaker breaker = breaker();
        Map<String, String> sample = sample(parameters);
        ConnectorDeclaration.Later later = new LaterReader(root).read();
        ConnectorDeclaration.Hears hears = new HearsReader(root).read(parameters.keySet(), effect);
        root.refuseLeftovers();
        if (!problems.none() || service == null || backEnd == null || content == null) {
            return Optional.empty();
        }
        return Optional.of(new ConnectorDeclaration(
                name,
                file,
                service,
                description,
                parameters,
                backEnd,
                content,
                limits,
                breaker,
                sample,
                later,
                effect,
                hears));
    }

    private String name() {
        String name = root.text("connector");
        if (!NAME.matcher(name).matches()) {
            root.problem("connector", "must be lower-case letters, digits and '-', at most 63");
        }
        return name;
    }

    private @Nullable ServiceId service() {
        String text = root.text("service");
        try {
            return ServiceId.parse(text);
        } catch (IllegalArgumentException e) {
            root.problem("service", "is not a service's identifier: " + e.getMessage());
            return null;
        }
    }

    private Map<String, Pattern> parameters() {
        Map<String, Pattern> parameters = new LinkedHashMap<>();
        YamlSection section = root.section("parameters").orElse(null);
        if (section == null) {
            root.problem("parameters", "is missing");
            return parameters;
        }
        section.texts().forEach((name, pattern) -> {
            if (!PARAMETER.matcher(name).matches()) {
                section.problem(name, "is not a parameter's name: letters and digits, a letter first");
                return;
            }
            try {
                parameters.put(name, Pattern.compile(pattern));
            } catch (PatternSyntaxException e) {
                section.problem(name, "is not a pattern: " + e.getDescription());
            }
        });
        return parameters;
    }

    private @Nullable Content content(@Nullable BackEndDeclaration backEnd) {
        if (root.has(DOCUMENT) == root.has("mapping")) {
            root.problem(root.has(DOCUMENT) ? DOCUMENT : "mapping", "must be there, or 'document', and not both");
            return null;
        }
        if (root.has(DOCUMENT)) {
            return root.section(DOCUMENT)
                    .map(section -> documents(section, backEnd))
                    .orElse(null);
        }
        return root.section("mapping").map(this::mapping).orElse(null);
    }

    private @Nullable Documents documents(YamlSection section, @Nullable BackEndDeclaration backEnd) {
        if (root.has("changes")) {
            root.problem("changes", "does not go with 'document'");
        }
        boolean listed = backEnd instanceof BackEndDeclaration.Files;
        if (backEnd != null && !listed && !(backEnd instanceof BackEndDeclaration.Rest)) {
            root.problem(DOCUMENT, "goes with 'rest' or 'files' only");
        }
        Map<String, DocumentFormat> formats = new LinkedHashMap<>();
        List<String> mediaTypes = section.list("media-types");
        if (mediaTypes.isEmpty()) {
            section.problem("media-types", "must list at least one media type");
        }
        for (String mediaType : mediaTypes) {
            Optional<DocumentFormat> format = DocumentFormat.of(mediaType);
            if (format.isEmpty()) {
                section.problem(
                        "media-types",
                        "holds '" + mediaType
                                + "', whose first octets are not known; known are application/pdf, image/png,"
                                + " image/jpeg, image/tiff, application/zip and …+zip");
            } else if (listed && formats.containsValue(format.get())) {
                section.problem(
                        "media-types",
                        "holds two types of one format, which files without a media type cannot tell apart");
            } else {
                formats.put(mediaType, format.get());
            }
        }
        int size = new Quantities(section).bytes("size", "10MiB", MAX_DOCUMENT_BYTES);
        // A manifest lists what there is; of a server's answers only the agency knows which one says that there is
        // nothing.
        Documents documents = new Documents(formats, size, listed ? "" : section.text("not-found"));
        section.refuseLeftovers();
        return documents;
    }

    private @Nullable Mapping mapping(YamlSection section) {
        String stylesheet = section.text("stylesheet");
        String record = section.text("record");
        Matcher matcher = RECORD.matcher(record);
        if (!matcher.matches()) {
            section.problem("record", "must be {namespace}element");
        }
        String text = stylesheet(section, stylesheet);
        Mapping mapping = matcher.matches()
                ? new Mapping(
                        stylesheet,
                        text,
                        matcher.group(1),
                        matcher.group(2),
                        section.text("not-found"),
                        section.text("as-of", ""),
                        section.text("complete-when", "true()"),
                        section.text("conflict", ""),
                        section.text("expired", ""))
                : null;
        section.refuseLeftovers();
        return mapping;
    }

    private String stylesheet(YamlSection section, String stylesheet) {
        if (!SIBLING.matcher(stylesheet).matches()) {
            section.problem("stylesheet", "must be the name of an .xsl file beside the declaration");
            return "";
        }
        return sibling(stylesheet).orElseGet(() -> {
            section.problem("stylesheet", "cannot be read: " + stylesheet);
            return "";
        });
    }

    private Optional<String> sibling(String name) {
        try {
            return Optional.of(files.text(file.substring(0, file.lastIndexOf('/') + 1) + name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Limits limits() {
        Optional<YamlSection> section = root.section("limits");
        if (section.isEmpty()) {
            return new Limits(Duration.ofSeconds(3), 4, 16, 256 * 1024);
        }
        Quantities quantities = new Quantities(section.get());
        Limits limits = new Limits(
                quantities.duration("timeout", "3s", MAX_TIMEOUT),
                quantities.count("concurrent", 4, 1, MAX_CONCURRENT),
                quantities.count("waiting", 16, 0, MAX_WAITING),
                quantities.bytes("answer", "256KiB", MAX_ANSWER_BYTES));
        section.get().refuseLeftovers();
        return limits;
    }

    private Breaker breaker() {
        Optional<YamlSection> section = root.section("breaker");
        if (section.isEmpty()) {
            return new Breaker(20, 50, Duration.ofSeconds(5), 2);
        }
        Quantities quantities = new Quantities(section.get());
        Breaker breaker = new Breaker(
                quantities.count("window", 20, 2, MAX_WINDOW),
                quantities.count("failure-percent", 50, 1, 100),
                quantities.duration("open", "5s", MAX_TIMEOUT),
                quantities.count("trials", 2, 1, MAX_CONCURRENT));
        section.get().refuseLeftovers();
        return breaker;
    }

    private Map<String, String> sample(Map<String, Pattern> parameters) {
        Optional<YamlSection> section = root.section("sample");
        Map<String, String> sample = new LinkedHashMap<>();
        section.ifPresent(values -> values.texts().forEach((name, value) -> {
            Pattern pattern = parameters.get(name);
            if (pattern == null) {
                values.problem(name, "is not among the parameters");
            } else if (!pattern.matcher(value).matches()) {
                values.problem(name, "does not match the parameter's pattern");
            } else {
                sample.put(name, value);
            }
        }));
        return sample;
    }
}
