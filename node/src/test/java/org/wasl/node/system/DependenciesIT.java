package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jars that are shipped, against the floors, the bill of materials and the list of licences; needs no network. */
class DependenciesIT {

    private static final Path JAR = WaslProcess.ROOT.resolve("node/target/wasl-node-exec.jar");
    private static final Path REPORT = WaslProcess.ROOT.resolve("docs/dependencies.md");
    private static final Path LICENCES = WaslProcess.ROOT.resolve("docs/third-party.md");
    private static final String SBOM = "META-INF/sbom/application.cdx.json";
    private static final Pattern LIBRARY =
            Pattern.compile("BOOT-INF/lib/(.+?)-([0-9][^/]*?)(?:-(?:linux|osx)-[a-z0-9_]+)?\\.jar");
    private static final Pattern FLOOR =
            Pattern.compile("\\| `([A-Za-z0-9.*-]+)` \\| (at least ([0-9][0-9A-Za-z.-]*)|absent) \\|.*");

    /** Shipped libraries by artifact. */
    private static final Map<String, String> SHIPPED = new TreeMap<>();

    private static Optional<JsonNode> bill = Optional.empty();

    @BeforeAll
    static void read() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                Matcher library = LIBRARY.matcher(entry.getName());
                if (library.matches()) {
                    SHIPPED.put(library.group(1), library.group(2));
                }
            }
            JarEntry sbom = jar.getJarEntry(SBOM);
            if (sbom != null) {
                try (InputStream in = jar.getInputStream(sbom)) {
                    bill = Optional.of(new ObjectMapper().readTree(in));
                }
            }
        }
    }

    @Test
    void shipped_whenComparedWithTheFloors_isAboveAll() throws IOException {
        List<String> rules = Files.readAllLines(REPORT).stream()
                .filter(line -> FLOOR.matcher(line).matches())
                .toList();
        assertThat(rules).hasSizeGreaterThan(15);
        assertThat(SHIPPED).hasSizeGreaterThan(50);
        assertThat(violations(rules, SHIPPED)).isEmpty();
    }

    @Test
    void comparison_whenALibraryIsOldOrUnwanted_bites() throws IOException {
        List<String> rules = Files.readAllLines(REPORT);
        assertThat(violations(rules, Map.of("artemis-server", "2.40.0"))).hasSize(1);
        assertThat(violations(rules, Map.of("xmlsec", "4.0.3"))).hasSize(1);
        assertThat(violations(rules, Map.of("hazelcast", "5.6.9"))).hasSize(1);
        assertThat(violations(rules, Map.of("camel-exec", "4.18.0"))).hasSize(1);
        assertThat(violations(rules, Map.of("artemis-openwire-protocol", "2.56.0")))
                .hasSize(1);
        assertThat(violations(rules, Map.of("artemis-server", "2.57.0"))).isEmpty();
    }

    private static List<String> violations(List<String> rules, Map<String, String> libraries) {
        List<String> violations = new ArrayList<>();
        for (String rule : rules) {
            Matcher floor = FLOOR.matcher(rule);
            if (!floor.matches()) {
                continue;
            }
            Pattern name = Pattern.compile(floor.group(1).replace(".", "\\.").replace("*", ".*"));
            libraries.forEach((library, version) -> {
                boolean tooOld =
                        floor.group(3) == null || Version.parse(version).compareTo(Version.parse(floor.group(3))) < 0;
                if (name.matcher(library).matches() && tooOld) {
                    violations.add(library + " " + version + ": " + floor.group(2));
                }
            });
        }
        return violations;
    }

    @Test
    void billOfMaterials_whenRead_namesEveryShippedLibrary() {
        Assumptions.assumeTrue(
                bill.isPresent(), "skipped: the jar was built with -o, without its bill of materials (SBOM)");
        JsonNode document = bill.get();
        assertThat(document.path("bomFormat").asText()).isEqualTo("CycloneDX");
        Map<String, String> named = new TreeMap<>();
        document.path("components")
                .forEach(component -> named.put(
                        component.path("name").asText(),
                        component.path("version").asText()));
        Map<String, String> missing = new TreeMap<>(SHIPPED);
        missing.keySet().removeIf(name -> name.startsWith("spring-boot-jarmode"));
        missing.entrySet().removeIf(shipped -> shipped.getValue().equals(named.get(shipped.getKey())));
        assertThat(missing).isEmpty();
        assertThat(document.path("components"))
                .allSatisfy(
                        component -> assertThat(component.path("purl").asText()).startsWith("pkg:maven/"));
    }

    @Test
    void licences_whenListed_coverEveryShippedLibrary() throws IOException {
        String listed = Files.readString(LICENCES);
        TreeSet<String> missing = new TreeSet<>(SHIPPED.keySet());
        missing.removeIf(name -> name.startsWith("wasl-") || name.startsWith("spring-boot-jarmode"));
        missing.removeIf(name -> listed.contains("| `" + name + "` |"));
        assertThat(missing)
                .as("libraries that docs/third-party.md does not name; run .ci/third-party")
                .isEmpty();
    }
}
