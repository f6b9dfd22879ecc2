package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.FileSystemResource;
import org.wasl.node.data.DataDirectory;

/** The configuration file of one agency's node, which names everything: nothing of a demonstration stands in for it. */
public final class NodeFile {

    private static final String DATA = "wasl.node.data";
    private static final String NODE_ID = "wasl.node.id";
    private static final Set<String> NEVER = Set.of("wasl.trust.demo-authority", "wasl.samples.enabled");
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int PORTAL_PORT = 8080;
    private static final int AGENCY_PORT = 8443;
    private static final int MANAGEMENT_PORT = 8081;

    private final Path file;
    private final PropertySourcesPropertyResolver values;
    private final Set<String> keys;

    private NodeFile(Path file, PropertySourcesPropertyResolver values, Set<String> keys) {
        this.file = file;
        this.values = values;
        this.keys = keys;
    }

    /**
     * Reads a file, YAML or properties.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is neither
     */
    public static NodeFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " octets");
        }
        PropertySourceLoader loader = file.toString().endsWith(".properties")
                ? new PropertiesPropertySourceLoader()
                : new YamlPropertySourceLoader();
        MutablePropertySources sources = new MutablePropertySources();
        Set<String> keys = new TreeSet<>();
        try {
            for (PropertySource<?> source : loader.load("node", new FileSystemResource(file))) {
                sources.addLast(source);
                if (source instanceof EnumerablePropertySource<?> listed) {
                    keys.addAll(List.of(listed.getPropertyNames()));
                }
            }
        } catch (org.yaml.snakeyaml.error.YAMLException notYaml) {
            throw new IllegalArgumentException("it is no YAML: " + notYaml.getMessage(), notYaml);
        }
        return new NodeFile(file, new PropertySourcesPropertyResolver(sources), keys);
    }

    /**
     * What is wrong with it that can be told without starting the node, each with its key; empty when nothing is.
     *
     * @param dataNamed whether the data directory is named elsewhere
     */
    public List<String> problems(boolean dataNamed) {
        List<String> problems = new ArrayList<>();
        if (values.getProperty(NODE_ID) == null) {
            problems.add(NODE_ID + " is missing: the node's id, as the registry names it");
        }
        if (!dataNamed && values.getProperty(DATA) == null) {
            problems.add(DATA + " is missing: the node's data directory, unless --data names it");
        }
        for (String key : NEVER) {
            if (Boolean.parseBoolean(values.getProperty(key))) {
                problems.add(key + " must not be true: a node of an agency has no demonstration in it");
            }
        }
        KnownKeys known = KnownKeys.of(NodeConfiguration.class);
        keys.stream()
                .filter(key -> key.startsWith("wasl.") && !key.equals(DATA) && !known.knows(key))
                .forEach(key -> problems.add(key + " is no key of a node's configuration"));
        problems.sort(null);
        return problems;
    }

    /** The data directory that it names. */
    public Path data() {
        return Path.of(Objects.requireNonNull(values.getProperty(DATA), DATA));
    }

    /** How to start the node on this directory. */
    public NodeSettings settings(DataDirectory directory) {
        return new NodeSettings(
                directory,
                port("server.port", PORTAL_PORT),
                port("wasl.edge.agency-port", AGENCY_PORT),
                port("management.server.port", MANAGEMENT_PORT),
                Optional.of(file.toAbsolutePath().toString()),
                Optional.empty(),
                false);
    }

    private int port(String key, int otherwise) {
        String text = values.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(key + " must be a port, not " + text, notANumber);
        }
    }
}
