package org.wasl.connectors.declaration;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the connectors that agencies declare. */
public final class ConnectorDeclarations {

    private static final int MAX_DEPTH = 8;

    private ConnectorDeclarations() {}

    /**
     * Reads every declaration there is.
     *
     * @param files where they lie
     * @param properties what their placeholders stand for
     * @throws InvalidDeclarationsException with every problem of every file, when there is any
     * @throws IOException when the files cannot be read at all
     */
    public static List<ConnectorDeclaration> read(DeclarationFiles files, Map<String, String> properties)
            throws InvalidDeclarationsException, IOException {
        List<DeclarationProblem> problems = new ArrayList<>();
        List<ConnectorDeclaration> declarations = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<ServiceId, String> services = new HashMap<>();
        for (String name : files.declarations()) {
            Problems ofFile = new Problems(name);
            Optional<ConnectorDeclaration> declaration = readOne(files, name, properties, ofFile);
            declaration.ifPresent(d -> {
                refuseSecond(names.putIfAbsent(d.name(), name), "connector", d.name(), ofFile);
                refuseSecond(
                        services.putIfAbsent(d.service(), name),
                        "service",
                        d.service().toString(),
                        ofFile);
                declarations.add(d);
            });
            problems.addAll(ofFile.found());
        }
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationsException(problems);
        }
        return List.copyOf(declarations);
    }

    private static void refuseSecond(@Nullable String other, String what, String value, Problems problems) {
        if (other != null) {
            problems.add(1, "the " + what + " '" + value + "' is declared in " + other + " too");
        }
    }

    private static Optional<ConnectorDeclaration> readOne(
            DeclarationFiles files, String name, Map<String, String> properties, Problems problems) throws IOException {
        Optional<MappingNode> root = parse(files.text(name), problems);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        YamlSection section = new YamlSection(root.get(), "", problems, new Placeholders(properties));
        return new DeclarationReader(files, name, section, problems).read();
    }

    private static Optional<MappingNode> parse(String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(DeclarationFiles.MAX_FILE_BYTES);
        options.setAllowRecursiveKeys(false);
        try {
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (node instanceof MappingNode mapping) {
                return Optional.of(mapping);
            }
            problems.add(1, "a declaration must be a mapping of keys to values");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }
}
