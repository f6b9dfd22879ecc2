package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.PackFiles;
import org.wasl.node.edge.audit.PurposeLabels;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.event.MissedEvents;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;

/** What stands in packs stands nowhere else, and fits together. */
class ShippedPacksTest {

    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));
    private static final Path SOURCES = ROOT.resolve("agencies/src/main/resources/org/wasl/packs");
    private static final List<String> PROGRAM =
            List.of("schemas", "security", "messagelog", "connectors", "routes", "node");
    private static final Pattern MEMBER = Pattern.compile("<member id=\"JO/[A-Z]+/([A-Z]+)\"");
    private static final Pattern SERVICE = Pattern.compile("<service code=\"([a-z0-9-]+)\"");
    private static final Pattern NAMESPACE = Pattern.compile("targetNamespace=\"(urn:wasl:[a-z]+:[0-9]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.-]+)}");

    private static final Packs PACKS = Packs.shipped();
    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Registry registry() throws Exception {
        RegistryReading reading = new RegistryXml(SCHEMAS).readDraft(DemoRegistry.draft(PACKS));
        assertThat(reading).as(reading.toString()).isInstanceOf(RegistryReading.Readable.class);
        return ((RegistryReading.Readable) reading).registry();
    }

    @Test
    void packs_whenListed_areTheFoldersOfTheSources() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            List<String> expected = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(PACKS.all()).extracting(Pack::code).containsExactlyElementsOf(expected);
        }
    }

    /** The test that fails when adding an agency or a service touched a Java file. */
    @Test
    void program_whenSearched_namesNoMemberServiceOrNamespaceOfAPack() throws IOException {
        List<Pattern> forbidden = new ArrayList<>();
        Set<String> older = found(MEMBER, new String(DemoRegistry.draft(), StandardCharsets.UTF_8));
        for (Pack pack : PACKS.all()) {
            String registry = pack.text(Pack.REGISTRY).orElse("");
            for (String member : found(MEMBER, registry)) {
                if (!older.contains(member)) {
                    forbidden.add(Pattern.compile("\\b" + member + "\\b"));
                }
            }
            for (String service : found(SERVICE, registry)) {
                if (service.equals(MissedEvents.CODE)) {
                    continue; // the mechanism's own word
                }
                // A plain word is everybody's: as a service's name it stands between slashes.
                forbidden.add(
                        Pattern.compile(service.contains("-") ? "\"" + service + "\"" : "/" + service + "/v[0-9]"));
            }
            for (String path : pack.names(Pack.SCHEMAS, ".xsd")) {
                found(NAMESPACE, pack.text(path).orElseThrow())
                        .forEach(namespace -> forbidden.add(Pattern.compile(Pattern.quote(namespace))));
            }
        }
        assertThat(forbidden).hasSizeGreaterThan(20);
        List<String> named = new ArrayList<>();
        for (String module : PROGRAM) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(file, StandardCharsets.UTF_8);
                    for (Pattern pattern : forbidden) {
                        if (pattern.matcher(text).find()) {
                            named.add(ROOT.relativize(file) + " names " + pattern);
                        }
                    }
                }
            }
        }
        assertThat(named).isEmpty();
    }

    @Test
    void registry_whenAllPacksAreIn_isValidAndTheirConnectorsServeItsServices() throws Exception {
        Registry registry = registry();
        for (Pack pack : PACKS.all()) {
            Map<String, String> properties = new HashMap<>();
            for (String path : pack.names(Pack.CONNECTORS, ".yaml")) {
                found(PLACEHOLDER, pack.text(path).orElseThrow())
                        .forEach(name ->
                                properties.put(name, name.endsWith("jdbc-url") ? "jdbc:x" : "http://x.invalid"));
            }
            for (ConnectorDeclaration connector : ConnectorDeclarations.read(new PackFiles(pack), properties)) {
                assertThat(registry.service(connector.service()))
                        .as("%s of %s", connector.service(), pack)
                        .isPresent();
            }
        }
    }

    @Test
    void composites_whenAllPacksAreIn_fitTheRegistryAndTellAllThatACatalogueShows() throws Exception {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Pack pack : PACKS.all()) {
            pack.names(Pack.COMPOSITES, ".yaml")
                    .forEach(path -> texts.put(path, pack.text(path).orElseThrow()));
        }
        CompositeDeclarations declarations = CompositeDeclarations.read(texts, SCHEMAS.prefixes());
        assertThat(declarations.misfits(registry())).isEmpty();
        PurposeLabels purposes = PurposeLabels.read(PACKS, ROOT.resolve("no-such-file"));
        for (CompositeDeclaration declaration : declarations.all()) {
            String name = declaration.service().code();
            assertThat(declaration.offer().owner()).as(name).isNotNull();
            assertThat(declaration.offer().serviceLevel()).as(name).isNotNull();
            assertThat(declaration.offer().priority()).as(name).hasSize(5);
            assertThat(registry()
                            .member(java.util.Objects.requireNonNull(
                                    declaration.offer().owner())))
                    .as(name)
                    .isPresent();
            assertThat(purposes.of(declaration.purpose()).english()).as(name).isNotEqualTo(declaration.purpose());
        }
    }
}
